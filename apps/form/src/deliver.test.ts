import type { UploadProgress } from "@intake/client/post-form";
import { SubmitLeadError } from "@intake/client/submit-lead";
import type { LeadReceipt } from "@intake/core/leads/schema";
import { describe, expect, it } from "vitest";
import { type DeliveryStep, deliver } from "./deliver";
import { judgeFailure } from "./verdict";

const receipt: LeadReceipt = {
  id: "0199b3c0-0000-7000-8000-000000000001",
  reference: "INT-7K4Q-92FD",
  status: "PENDING",
  receivedAt: "2026-11-24T09:14:00.000Z",
  resume: { fileName: "CV.pdf", sizeBytes: 4, sha256: "9f3a21c7" },
  receiptUrl: "http://localhost:3000/received/abc",
};
const lost = new SubmitLeadError("network", "lost");
const otherContent = new SubmitLeadError("problem", "Used.", {
  status: 422,
  errors: [{ path: "idempotencyKey", message: "used" }],
});

type Attempt = SubmitLeadError | LeadReceipt | Error;

async function run(
  attempts: Attempt[],
  decide: (waits: number) => "elapsed" | "now" | "cancelled" = () => "elapsed",
) {
  const steps: DeliveryStep[] = [];
  const counts = { sent: 0, renewed: 0, waits: 0 };
  const result = await deliver({
    send: async (onProgress: (progress: UploadProgress) => void) => {
      const answer = attempts[counts.sent];
      counts.sent += 1;
      onProgress({ sentBytes: 31, totalBytes: 50 });
      if (answer === undefined) throw new Error("one attempt too many");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    judge: (error, attempt) =>
      judgeFailure(error, {
        ...attempt,
        file: { name: "CV.pdf", sizeBytes: 4 },
        limits: { maxBytes: 10, formats: ["PDF"] },
      }),
    renewKey: () => {
      counts.renewed += 1;
    },
    waitASecond: async () => {
      counts.waits += 1;
      return decide(counts.waits);
    },
    onStep: (step) => steps.push(step),
  });
  const countdown = steps.flatMap((step) => (step.phase === "waiting" ? step.secondsLeft : []));
  return { result, steps, counts, countdown };
}

describe("deliver", () => {
  it("hands over the receipt and reports progress", async () => {
    const { result, steps, counts } = await run([receipt]);
    expect(result).toEqual({ outcome: "received", receipt });
    expect(counts).toEqual({ sent: 1, renewed: 0, waits: 0 });
    expect(steps).toEqual([
      { phase: "sending", progress: null, trouble: null },
      { phase: "sending", progress: { sentBytes: 31, totalBytes: 50 }, trouble: null },
    ]);
  });

  it("counts down 1, 2, 4, 8 seconds between five tries, then stops", async () => {
    const { result, counts, countdown } = await run([lost, lost, lost, lost, lost]);
    expect(counts.sent).toBe(5);
    expect(countdown).toEqual([1, 2, 1, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(result).toEqual({ outcome: "stopped", trouble: { kind: "connection", percent: 62 } });
  });

  it("keeps the trouble on the screen while it tries again", async () => {
    const { steps } = await run([lost, receipt]);
    expect(steps.at(-1)).toMatchObject({ phase: "sending", trouble: { kind: "connection" } });
  });

  it("cuts the wait short on request", async () => {
    const busy = new SubmitLeadError("problem", "Busy.", { status: 503, retryAfterSeconds: 60 });
    const { result, counts } = await run([busy, receipt], (waits) => (waits === 2 ? "now" : "elapsed"));
    expect(counts.waits).toBe(2);
    expect(result.outcome).toBe("received");
  });

  it("ends when the person cancels, while waiting and while sending", async () => {
    expect((await run([lost], () => "cancelled")).result).toEqual({ outcome: "cancelled" });
    expect((await run([new SubmitLeadError("aborted", "stopped")])).result).toEqual({ outcome: "cancelled" });
  });

  it("takes a new key once, not for ever", async () => {
    const once = await run([otherContent, receipt]);
    expect(once.counts).toMatchObject({ sent: 2, renewed: 1, waits: 0 });
    expect(once.result.outcome).toBe("received");
    const twice = await run([otherContent, otherContent]);
    expect(twice.result).toEqual({ outcome: "stopped", trouble: { kind: "refused", message: "Used." } });
  });

  it("brings field errors back", async () => {
    const refused = new SubmitLeadError("problem", "Fix.", {
      status: 422,
      errors: [{ path: "resume", message: "broken" }],
    });
    expect((await run([refused])).result).toEqual({ outcome: "mend", errors: { resume: "broken" } });
  });

  it("lets a defect through", async () => {
    await expect(run([new TypeError("a bug")])).rejects.toThrow("a bug");
  });
});
