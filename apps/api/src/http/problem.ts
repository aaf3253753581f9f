import { AppError, type ErrorCode } from "@intake/core/errors";
import type { Log } from "@intake/core/ports/log";
import { toAppError } from "@intake/core/translate-error";
import type { ErrorRequestHandler, Response } from "express";
import { stateOf } from "./request-state";

const statuses: Record<ErrorCode, { status: number; title: string }> = {
  BAD_REQUEST: { status: 400, title: "Not readable" },
  UNAUTHORIZED: { status: 401, title: "Sign in" },
  FORBIDDEN: { status: 403, title: "Not allowed" },
  NOT_FOUND: { status: 404, title: "Not found" },
  METHOD_NOT_SUPPORTED: { status: 405, title: "Method not allowed" },
  CONFLICT: { status: 409, title: "Changed meanwhile" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "Too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Wrong media type" },
  UNPROCESSABLE_CONTENT: { status: 422, title: "Check the fields" },
  TOO_MANY_REQUESTS: { status: 429, title: "Too many requests" },
  INTERNAL_SERVER_ERROR: { status: 500, title: "Our mistake" },
  SERVICE_UNAVAILABLE: { status: 503, title: "Not available now" },
};

export function statusOf(error: AppError): number {
  return statuses[error.code].status;
}

/** Answers with `application/problem+json` (RFC 9457). Nothing internal is in it. */
export function sendProblem(response: Response, error: AppError): void {
  const { status, title } = statuses[error.code];
  if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", error.retryAfterSeconds);
  if (status === 401) response.setHeader("WWW-Authenticate", "Bearer");
  response.setHeader("Cache-Control", "no-store");
  response
    .status(status)
    .type("application/problem+json")
    .send(
      JSON.stringify({
        type: "about:blank",
        title,
        status,
        detail: error.message,
        code: error.code,
        requestId: stateOf(response).requestId,
        ...(error.errors ? { errors: error.errors } : {}),
        ...(error.remedy ? { remedy: error.remedy } : {}),
        ...(error.current === undefined ? {} : { current: error.current }),
      }),
    );
}

/** The last handler: everything thrown in a route ends here, in one shape. */
export function answerErrors(log: Log): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters.
  return (thrown: unknown, _request, response, _next) => {
    const error = readHttpError(thrown) ?? toAppError(thrown);
    logProblem(log, response, error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, error);
  };
}

/** Unexpected errors and failing dependencies are worth a line of their own; refused input is in the request line. */
export function logProblem(log: Log, response: Response, error: AppError): void {
  const { requestId } = stateOf(response);
  if (error.code === "INTERNAL_SERVER_ERROR")
    log.error({ requestId, error: error.cause }, "unexpected error");
  else if (error.code === "SERVICE_UNAVAILABLE")
    log.warn({ requestId, error: error.cause }, "dependency away");
}

/** Express, its body parsers and its file server throw http-errors with a status of their own: what the client did wrong. */
function readHttpError(thrown: unknown): AppError | null {
  if (!(thrown instanceof Error) || thrown instanceof AppError || !("status" in thrown)) return null;
  const status = Number(thrown.status);
  if (status === 403 || status === 404)
    return new AppError("NOT_FOUND", "There is nothing at this address.", { cause: thrown });
  if (status === 413)
    return new AppError("PAYLOAD_TOO_LARGE", "This request is larger than accepted here.", { cause: thrown });
  if (status === 415) return new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON in UTF-8.", { cause: thrown });
  if (status < 400 || status > 499) return null;
  return new AppError(
    "BAD_REQUEST",
    "This request is not readable: check its address, and that its body is JSON.",
    { cause: thrown },
  );
}
