import { SubmitLeadError } from "@intake/client/submit-lead";
import { defaultResumeLimits } from "@intake/core/resumes/schema";
import { describe, expect, it } from "vitest";
import { judgeFailure, retryDelay } from "./verdict";

const attempt = { attempt: 0, file: { name: "CV.pdf", sizeBytes: 7_759_462 }, limits: defaultResumeLimits };
const problem = (status: number, details: ConstructorParameters<typeof SubmitLeadError>[2] = {}) =>
  new SubmitLeadError("problem", "The server's words.", { status, ...details });

describe("retryDelay", () => {
  it("waits 1, 2, 4, 8 seconds, then leaves it to the person", () => {
    expect([0, 1, 2, 3, 4].map((number) => retryDelay(number))).toEqual([1, 2, 4, 8, null]);
  });
  it("is as patient as the server asks, up to two minutes", () => {
    expect(retryDelay(0, 30)).toBe(30);
    expect(retryDelay(3, 2)).toBe(8);
    expect(retryDelay(0, 600)).toBeNull();
  });
});

describe("judgeFailure", () => {
  it("tries again after a lost connection and says how far it came", () => {
    const lost = new SubmitLeadError("network", "lost");
    expect(judgeFailure(lost, { ...attempt, percent: 62 })).toEqual({
      next: "retry",
      afterSeconds: 1,
      trouble: { kind: "connection", percent: 62 },
    });
    expect(judgeFailure(lost, { ...attempt, attempt: 4 })).toEqual({
      next: "stop",
      trouble: { kind: "connection" },
    });
  });

  it.each([500, 502, 503, 504, 409, 408])("tries again after %i", (status) => {
    expect(judgeFailure(problem(status, { retryAfterSeconds: 3 }), attempt)).toEqual({
      next: "retry",
      afterSeconds: 3,
      trouble: { kind: "busy" },
    });
  });

  it("gives the server's own words when it cannot take anything for long", () => {
    expect(judgeFailure(problem(503, { retryAfterSeconds: 3600 }), attempt)).toEqual({
      next: "stop",
      trouble: { kind: "refused", message: "The server's words." },
    });
  });

  it("says when after too many tries, and does not try by itself", () => {
    expect(judgeFailure(problem(429, { retryAfterSeconds: 540 }), attempt)).toEqual({
      next: "stop",
      trouble: { kind: "limited", seconds: 540 },
    });
  });

  it("brings the server's sentences to their fields", () => {
    const errors = [{ path: "email", message: "Add the @ sign, like name@gmail.com." }];
    expect(judgeFailure(problem(422, { errors }), attempt)).toEqual({
      next: "mend",
      errors: { email: "Add the @ sign, like name@gmail.com." },
    });
  });

  it("has its own sentence when only a proxy says 413", () => {
    const verdict = judgeFailure(problem(413), attempt);
    expect(verdict).toMatchObject({
      next: "mend",
      errors: { resume: expect.stringContaining("“CV.pdf” is 7.4 MB") },
    });
  });

  it("asks for a new key when the server knows it with other content", () => {
    for (const path of ["idempotencyKey", "Idempotency-Key"]) {
      expect(judgeFailure(problem(422, { errors: [{ path, message: "used" }] }), attempt)).toEqual({
        next: "new-key",
      });
    }
  });

  it("stops with the server's words and the request id for everything else", () => {
    expect(judgeFailure(problem(403, { requestId: "r-1" }), attempt)).toEqual({
      next: "stop",
      trouble: { kind: "refused", message: "The server's words.", requestId: "r-1" },
    });
  });

  it("takes a cancel for a cancel", () => {
    expect(judgeFailure(new SubmitLeadError("aborted", "stopped"), attempt)).toEqual({ next: "cancelled" });
  });
});
