import type { AppError } from "@intake/core/errors";
import type { UploadFailure } from "@intake/core/upload-failures/count-upload-failure";
import type { UploadFailureReason } from "@intake/core/upload-failures/schema";
import type { Request } from "express";
import { RefusedUploadError } from "./refusals";

/** Requests whose size says something about the file that came, or did not. */
const unsized: readonly UploadFailureReason[] = ["missing", "not-a-form", "too-many-tries", "unavailable"];

/** What kept an upload from becoming a lead; null where nothing is wrong with the upload itself, but with the fields or the key beside it. */
export function failureOf(request: Request, error: AppError): UploadFailure | null {
  const reason = reasonOf(request, error);
  if (reason === null) return null;
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  const isSized = !unsized.includes(reason) && Number.isSafeInteger(length) && length >= 0;
  return { reason, ...(isSized && { sizeBytes: length }) };
}

function reasonOf(request: Request, error: AppError): UploadFailureReason | null {
  if (error instanceof RefusedUploadError) return error.refusal;
  switch (error.code) {
    case "BAD_REQUEST":
      return request.destroyed && !request.complete ? "broken-off" : "not-a-form";
    case "UNSUPPORTED_MEDIA_TYPE":
      return "not-a-form";
    case "TOO_MANY_REQUESTS":
      return "too-many-tries";
    case "SERVICE_UNAVAILABLE":
    case "INTERNAL_SERVER_ERROR":
      return "unavailable";
    default:
      return null;
  }
}
