import type { FieldError } from "@intake/core/errors";
import {
  idempotencyKeySchema,
  type LeadFields,
  type LeadSource,
  leadFieldsSchema,
} from "@intake/core/leads/schema";
import type { SubmitLeadInput } from "@intake/core/leads/submit-lead";
import { isTimeZone } from "@intake/core/people/schema";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import type { ResumeLimits } from "@intake/core/resumes/schema";
import { fromIssues } from "@intake/core/translate-error";
import { inspectFile } from "./inspect-file";
import type { ReceivedForm } from "./receive-form";
import { refusalOf } from "./refusals";

export interface ReadSubmissionInput {
  /** The Idempotency-Key header, if any. */
  headerKey: string | undefined;
  /** Which door the form came through. */
  source: LeadSource;
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
  if (complaints.length > 0 || !fields.value || !resume.format || !form.file)
    throw refusalOf(complaints, resume.refusal);
  return {
    fields: fields.value,
    resume: { ...form.file, format: resume.format },
    idempotencyKey: key.value,
    source: input.source,
    timeZone: readZone(form),
  };
}

/** Only an aid for those who write back: a zone nobody here knows must not cost a lead. */
function readZone(form: ReceivedForm): string | null {
  const zone = form.fields.get("timeZone") ?? "";
  return zone.length <= 64 && isTimeZone(zone) ? zone : null;
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
