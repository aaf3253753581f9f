import { isDatabaseUnavailable } from "@intake/db/connection-errors";
import { z } from "zod";
import { AppError, type FieldError } from "./errors";
import { FileAlteredError, StorageUnavailableError } from "./ports/storage";

const retrySeconds = 5;

/** The one translation of whatever was thrown into what a caller may see. The original stays as `cause`, for the log only. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return fromIssues(error);
  if (isDatabaseUnavailable(error) || error instanceof StorageUnavailableError) {
    return new AppError(
      "SERVICE_UNAVAILABLE",
      "Intake cannot reach its storage right now. Nothing is lost; try again in a moment.",
      {
        retryAfterSeconds: retrySeconds,
        cause: error,
      },
    );
  }
  if (error instanceof FileAlteredError)
    return new AppError(
      "INTERNAL_SERVER_ERROR",
      "This file was altered where it is stored and stays closed. Tell whoever runs Intake.",
      { cause: error },
    );
  return new AppError(
    "INTERNAL_SERVER_ERROR",
    "Something went wrong on our side. Try again; if it stays, give us the request id.",
    {
      cause: error,
    },
  );
}

/** Field errors in plain words, without the received values (security rule 27). */
export function fromIssues(error: z.ZodError): AppError {
  const errors: FieldError[] = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join("."),
          message: "This field is not known here.",
        }))
      : [{ path: issue.path.join("."), message: wordsFor(issue) }],
  );
  return new AppError("UNPROCESSABLE_CONTENT", errors[0]?.message ?? "Check the fields and try again.", {
    errors,
    cause: error,
  });
}

function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `Use one of: ${issue.values.join(", ")}.`;
  return issue.message;
}
