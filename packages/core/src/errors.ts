/** Every failure a caller may see. A subset of tRPC's codes, so both doors translate it the same way. */
export type ErrorCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_SUPPORTED"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "UNPROCESSABLE_CONTENT"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

/** One field that is wrong and how to mend it; `path` is the field's name in the input. */
export interface FieldError {
  path: string;
  message: string;
}

/**
 * What the caller can do about a refusal: prove again who they are (`step-up`), or set up the second factor their role needs
 * (`second-factor-setup`).
 */
export type Remedy = "step-up" | "second-factor-setup";

interface AppErrorDetails {
  remedy?: Remedy;
  errors?: FieldError[];
  /** For 429 and 503: after how many seconds a retry makes sense. */
  retryAfterSeconds?: number;
  /** For 409: the value as it stands now, already safe to show to the caller. */
  current?: unknown;
  cause?: unknown;
}

/** A failure whose message is safe and worded for the person who reads it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly current: unknown;
  readonly remedy: Remedy | undefined;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.errors = details.errors;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.current = details.current;
    this.remedy = details.remedy;
  }
}
