import { type Failure, readFailure } from "@intake/client/failure";
import type { z } from "zod";
import { describeWait, timeIn } from "../time/moments";

/** Messages by field name. */
export type FieldMessages = Record<string, string>;

/** The first message of each field. */
export function messagesByField(errors: { path: string; message: string }[]): FieldMessages {
  const messages: FieldMessages = {};
  for (const { path, message } of errors) messages[path] ??= message;
  return messages;
}

/** Checks a form by the server's own schema before it is sent. */
export function checkFields(schema: z.ZodType, values: unknown): FieldMessages | null {
  const result = schema.safeParse(values);
  if (result.success) return null;
  return messagesByField(
    result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  );
}

/** What to say above the form; null when every complaint has a field. */
export function describeFormFailure(
  error: unknown,
  now: Date,
): Pick<Failure, "message" | "requestId"> | null {
  const failure = readFailure(error);
  if (failure.fieldErrors.length > 0) return null;
  if (failure.code === "TOO_MANY_REQUESTS" && failure.retryAfterSeconds !== undefined) {
    const wait = failure.retryAfterSeconds;
    const at = wait >= 60 ? `, at ${timeIn(new Date(now.getTime() + wait * 1000))}` : "";
    return { message: `Too many attempts. Try again in ${describeWait(wait)}${at}.` };
  }
  if (failure.code === "UNREACHABLE")
    return { message: "Intake does not answer. Check the network and try again." };
  const isOurs = failure.code === "INTERNAL_SERVER_ERROR" || failure.code === "SERVICE_UNAVAILABLE";
  return { message: failure.message, requestId: isOurs ? failure.requestId : undefined };
}
