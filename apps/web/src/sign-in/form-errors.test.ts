import { CallFailed, type Failure } from "@intake/client/failure";
import { signInSchema } from "@intake/core/auth/schema";
import { expect, test } from "vitest";
import { checkFields, describeFormFailure } from "./form-errors";

const now = new Date("2026-11-24T09:26:00Z");
const failure = (part: Partial<Failure>) =>
  new CallFailed({ code: "UNAUTHORIZED", message: "No.", fieldErrors: [], ...part });

test("a form is checked by the server's own schema, one message a field", () => {
  expect(checkFields(signInSchema, { email: " ", password: "" })).toEqual({
    email: "Enter your email address.",
    password: "Enter your password.",
  });
  expect(checkFields(signInSchema, { email: "a@b.co", password: "x" })).toBeNull();
});

test("too many attempts say when to come back", () => {
  const words = describeFormFailure(
    failure({ code: "TOO_MANY_REQUESTS", retryAfterSeconds: 290 }),
    now,
  )?.message;
  expect(words).toMatch(/^Too many attempts\. Try again in 5 minutes, at \d\d:\d\d\.$/);
  const soon = describeFormFailure(
    failure({ code: "TOO_MANY_REQUESTS", retryAfterSeconds: 20 }),
    now,
  )?.message;
  expect(soon).toBe("Too many attempts. Try again in 20 seconds.");
});

test("field errors belong to their fields only", () => {
  const error = failure({
    code: "UNPROCESSABLE_CONTENT",
    fieldErrors: [{ path: "password", message: "Longer." }],
  });
  expect(describeFormFailure(error, now)).toBeNull();
});

test("only our own faults carry a number to quote", () => {
  expect(describeFormFailure(failure({ requestId: "r1" }), now)?.requestId).toBeUndefined();
  const fault = failure({ code: "INTERNAL_SERVER_ERROR", requestId: "r1" });
  expect(describeFormFailure(fault, now)?.requestId).toBe("r1");
});

test("no answer at all is said as such", () => {
  expect(describeFormFailure(new TypeError("Failed to fetch"), now)?.message).toContain("does not answer");
});
