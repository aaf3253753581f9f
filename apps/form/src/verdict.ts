/** What a failed attempt means for the person who sends: try again by itself, stop and say why, or mend a field. */
import type { SubmitLeadError } from "@intake/client/submit-lead";
import { describeRefusal, type ResumeLimits } from "@intake/core/resumes/schema";
import { type FieldErrors, hasErrors, toFieldErrors } from "./fields";

export type Trouble =
  /** No answer. `percent` says how far the sending had come. */
  | { kind: "connection"; percent?: number }
  | { kind: "busy" }
  /** Too many tries; `seconds` until the next one makes sense. */
  | { kind: "limited"; seconds?: number }
  | { kind: "refused"; message: string; requestId?: string }
  /** The person went on typing while a retry was due. */
  | { kind: "paused" };

export type Verdict =
  | { next: "retry"; afterSeconds: number; trouble: Trouble }
  | { next: "stop"; trouble: Trouble }
  | { next: "mend"; errors: FieldErrors }
  | { next: "new-key" }
  | { next: "cancelled" };

const retryDelays = [1, 2, 4, 8];
/** A server that asks for more patience than this is left to the person's own "Try again". */
const longestWaitSeconds = 120;

/** Seconds before the retry after attempt number `attempt` (from 0), or null when enough was tried. */
export function retryDelay(attempt: number, askedSeconds = 0): number | null {
  const delay = retryDelays[attempt];
  if (delay === undefined || askedSeconds > longestWaitSeconds) return null;
  return Math.max(delay, askedSeconds);
}

interface Attempt {
  /** From 0. */
  attempt: number;
  file: { name: string; sizeBytes: number };
  limits: ResumeLimits;
  percent?: number;
}

/** Judges a failed attempt. */
export function judgeFailure(error: SubmitLeadError, { attempt, file, limits, percent }: Attempt): Verdict {
  if (error.kind === "aborted") return { next: "cancelled" };
  const again = (trouble: Trouble): Verdict => {
    const afterSeconds = retryDelay(attempt, error.retryAfterSeconds);
    return afterSeconds === null ? { next: "stop", trouble } : { next: "retry", afterSeconds, trouble };
  };
  if (error.kind === "network" || error.status === undefined) {
    return again({ kind: "connection", ...(percent !== undefined && { percent }) });
  }
  const refused: Verdict = {
    next: "stop",
    trouble: {
      kind: "refused",
      message: error.message,
      ...(error.requestId && { requestId: error.requestId }),
    },
  };
  // A server that cannot take files for long says so in its own words.
  if (error.status === 503 && (error.retryAfterSeconds ?? 0) > longestWaitSeconds) return refused;
  // 409: our own earlier attempt is still being worked on; its result comes with the next try.
  if (error.status >= 500 || error.status === 409 || error.status === 408) return again({ kind: "busy" });
  if (error.status === 429) {
    return {
      next: "stop",
      trouble: {
        kind: "limited",
        ...(error.retryAfterSeconds !== undefined && { seconds: error.retryAfterSeconds }),
      },
    };
  }
  const errors = toFieldErrors(error.errors);
  if (hasErrors(errors)) return { next: "mend", errors };
  if (error.status === 413) {
    return { next: "mend", errors: { resume: describeRefusal("too-large", { ...file, limits }) } };
  }
  if (error.status === 422 && error.errors.some(({ path }) => /^idempotency-?key$/i.test(path))) {
    return { next: "new-key" };
  }
  return refused;
}
