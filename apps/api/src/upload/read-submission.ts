import type { FieldError } from "@intake/core/errors";
import { idempotencyKeySchema, type LeadFields, leadFieldsSchema } from "@intake/core/leads/schema";
import type { SubmitLeadInput } from "@intake/core/leads/submit-lead";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import {
  describeRefusal,
  type ResumeFormat,
  type ResumeLimits,
  type ResumeRefusal,
} from "@intake/core/resumes/schema";
import { fromIssues } from "@intake/core/translate-error";
import type { ReceivedForm } from "./receive-form";
import { RefusedUploadError, tooLargeError } from "./refusals";

export interface ReadSubmissionInput {
  /** The Idempotency-Key header, if any. */
  headerKey: string | undefined;
  inspector: DocumentInspector;
  resumeLimits: ResumeLimits;
}

/**
 * Turns a received form into what `submitLead` takes, or says everything that is wrong with it at once: each field, and the file by its
 * content. Throws RefusedUploadError.
 */
export async function readSubmission(
  form: ReceivedForm,
  input: ReadSubmissionInput,
): Promise<SubmitLeadInput> {
  const fields = readFields(form);
  const key = readKey(input.headerKey ?? form.fields.get("idempotencyKey"));
  const resume = await inspectFile(form, input);
  const complaints = [...form.errors, ...fields.errors, ...key.errors, ...resume.errors];
  // One complaint a field: a value that could not be taken in would also be called missing.
  const errors = complaints.filter(
    ({ path }, index) => complaints.findIndex((other) => other.path === path) === index,
  );
  if (errors.length > 0 || !fields.value || !resume.format || !form.file) {
    const isTooLarge = resume.refusal === "too-large";
    throw new RefusedUploadError(
      isTooLarge ? "PAYLOAD_TOO_LARGE" : "UNPROCESSABLE_CONTENT",
      errors,
      resume.refusal,
    );
  }
  const { path, fileName, sizeBytes, sha256 } = form.file;
  return {
    fields: fields.value,
    resume: { path, fileName, sizeBytes, sha256, format: resume.format },
    idempotencyKey: key.value,
  };
}

function readFields(form: ReceivedForm): { value: LeadFields | null; errors: FieldError[] } {
  const { firstName, lastName, email } = Object.fromEntries(form.fields);
  const parsed = leadFieldsSchema.safeParse({ firstName, lastName, email });
  return parsed.success
    ? { value: parsed.data, errors: [] }
    : { value: null, errors: fromIssues(parsed.error).errors ?? [] };
}

function readKey(key: string | undefined): { value: string | null; errors: FieldError[] } {
  if (key === undefined || key === "") return { value: null, errors: [] };
  const parsed = idempotencyKeySchema.safeParse(key);
  if (parsed.success) return { value: parsed.data, errors: [] };
  return {
    value: null,
    errors: [{ path: "idempotencyKey", message: parsed.error.issues[0]?.message ?? "" }],
  };
}

interface InspectedFile {
  format: ResumeFormat | null;
  refusal: ResumeRefusal | null;
  errors: FieldError[];
}

async function inspectFile(
  { file }: ReceivedForm,
  { inspector, resumeLimits: limits }: ReadSubmissionInput,
): Promise<InspectedFile> {
  if (!file) return refused("missing", { name: "", limits });
  if (file.isTooLarge)
    return { format: null, refusal: "too-large", errors: [tooLargeError(file.fileName, limits)] };
  const verdict = await inspector.inspect({ path: file.path, fileName: file.fileName });
  const { fileName: name, sizeBytes } = file;
  if (!verdict.ok) return refused(verdict.refusal, { name, sizeBytes, limits });
  if (!limits.formats.includes(verdict.format))
    return refused("wrong-extension", { name, sizeBytes, limits });
  return { format: verdict.format, refusal: null, errors: [] };
}

function refused(
  refusal: ResumeRefusal,
  file: { name: string; sizeBytes?: number; limits: ResumeLimits },
): InspectedFile {
  return { format: null, refusal, errors: [{ path: "resume", message: describeRefusal(refusal, file) }] };
}
