import { AppError, type FieldError } from "@intake/core/errors";
import {
  describeRefusal,
  formatBytes,
  type ResumeLimits,
  type ResumeRefusal,
} from "@intake/core/resumes/schema";

/** A refusal of the file, told apart so that it can be counted by reason. */
export class RefusedUploadError extends AppError {
  constructor(
    code: "PAYLOAD_TOO_LARGE" | "UNPROCESSABLE_CONTENT",
    errors: FieldError[],
    readonly refusal: ResumeRefusal | null,
  ) {
    super(code, errors[0]?.message ?? "Check the form and send it again.", { errors });
  }
}

/** Everything that is wrong with a form, one complaint a field: a value that could not be taken in would also be called missing. */
export function refusalOf(complaints: FieldError[], refusal: ResumeRefusal | null): RefusedUploadError {
  const errors = complaints.filter(
    ({ path }, index) => complaints.findIndex((other) => other.path === path) === index,
  );
  const code = refusal === "too-large" ? "PAYLOAD_TOO_LARGE" : "UNPROCESSABLE_CONTENT";
  return new RefusedUploadError(code, errors, refusal);
}

/** The complaint about a file that is too large to have been kept. */
export function tooLargeError(fileName: string, limits: ResumeLimits): FieldError {
  return { path: "resume", message: describeRefusal("too-large", { name: fileName, limits }) };
}

/** For a body that cannot hold an acceptable file, whatever is in it. */
export function formTooLarge({ maxBytes }: ResumeLimits): RefusedUploadError {
  const limit = formatBytes(maxBytes);
  const message = `The file is larger than ${limit}. Choose a file up to ${limit}: saving it again as “smaller size” usually does it.`;
  return new RefusedUploadError("PAYLOAD_TOO_LARGE", [{ path: "resume", message }], "too-large");
}
