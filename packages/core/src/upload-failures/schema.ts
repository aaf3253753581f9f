/** Uploads that did not become a lead, by reason: counted without a word of what was in them (details, idea 1). Browser-safe. */
import { z } from "zod";
import { resumeRefusals } from "../resumes/schema";

/** What the form page itself sees and the server never would: the file stays on the device, or nothing of it can leave. */
const pageFailures = ["wrong-extension", "too-large", "empty", "unreadable", "no-connection"] as const;
export const pageFailureSchema = z.enum(pageFailures);
export type PageFailure = z.infer<typeof pageFailureSchema>;

/** Every reason there is: the refusals of a file, what the page reports, and what becomes of a request before its file is looked at. */
const uploadFailureReasons = [
  ...resumeRefusals,
  "unreadable",
  "no-connection",
  "broken-off",
  "not-a-form",
  "too-many-tries",
  "unavailable",
] as const;
export const uploadFailureReasonSchema = z.enum(uploadFailureReasons);
export type UploadFailureReason = z.infer<typeof uploadFailureReasonSchema>;

/** What the form page tells about a failure; strict, so that nothing about a person or a file can come along. */
export const reportUploadFailureSchema = z.strictObject({
  reason: pageFailureSchema,
  /** Bytes of the file as the browser said it; only a band of it is kept. */
  sizeBytes: z
    .int()
    .min(0)
    .max(2 ** 50)
    .optional(),
});
