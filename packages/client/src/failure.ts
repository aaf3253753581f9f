import type { FieldError, Remedy } from "@intake/core/errors";
import { type Lead, leadSchema } from "@intake/core/leads/schema";
import { isTRPCClientError } from "@trpc/client";
import { z } from "zod";

/** A failed call in the words and facts a screen needs. */
export interface Failure {
  /** A tRPC code, or `UNREACHABLE` when no answer of Intake came back. */
  code: string;
  /** Safe to show. */
  message: string;
  requestId?: string | undefined;
  /** Wrong fields, by their name in the input. */
  fieldErrors: FieldError[];
  /** For 429 and 503. */
  retryAfterSeconds?: number | undefined;
  /** For CONFLICT: the lead as it stands now. */
  currentLead?: Lead | undefined;
  /** What the person can do about a FORBIDDEN. */
  remedy?: Remedy | undefined;
}

const dataSchema = z.looseObject({
  code: z.string(),
  requestId: z.string().optional().catch(undefined),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .catch(undefined),
  retryAfterSeconds: z.number().optional().catch(undefined),
  current: leadSchema.optional().catch(undefined),
  remedy: z.enum(["step-up", "second-factor-setup"]).optional().catch(undefined),
});

const unreachable = "The server did not answer. Nothing was changed.";

/** Reads any thrown value; what is not an answer of Intake (no network, a proxy's page) becomes `UNREACHABLE`. */
export function readFailure(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  const data = isTRPCClientError(error) ? dataSchema.safeParse(error.data) : undefined;
  if (!data?.success || !isTRPCClientError(error)) {
    // A failed refresh travels inside the error of the call that needed it.
    if (error instanceof Error && isTRPCClientError(error.cause) && error.cause !== error) {
      return readFailure(error.cause);
    }
    return { code: "UNREACHABLE", message: unreachable, fieldErrors: [] };
  }
  const { code, requestId, errors = [], retryAfterSeconds, current, remedy } = data.data;
  return {
    code,
    message: error.message,
    requestId,
    fieldErrors: errors,
    retryAfterSeconds,
    currentLead: current,
    remedy,
  };
}

/** A refused plain HTTP call, such as a download. */
export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "CallFailed";
    this.failure = failure;
  }
}

const problemSchema = z.looseObject({
  code: z.string(),
  detail: z.string().optional(),
  title: z.string().optional(),
  requestId: z.string().optional(),
  errors: dataSchema.shape.errors,
  remedy: z.enum(["step-up", "second-factor-setup"]).optional().catch(undefined),
});

/** Turns a refused answer of the REST door (RFC 9457) into the same shape. */
export async function readProblem(response: Response): Promise<CallFailed> {
  const body: unknown = await response.json().catch(() => null);
  return readProblemBody(body, response.headers.get("retry-after"));
}

/** The same for a body that was read already. */
export function readProblemBody(body: unknown, retryAfter: string | null): CallFailed {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new CallFailed({ code: "UNREACHABLE", message: unreachable, fieldErrors: [] });
  const { code, detail, title, requestId, errors = [], remedy } = problem.data;
  const seconds = Number(retryAfter ?? Number.NaN);
  return new CallFailed({
    code,
    message: detail ?? title ?? unreachable,
    requestId,
    fieldErrors: errors,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
    remedy,
  });
}
