import type { FieldError } from "@intake/core/errors";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import {
  describeRefusal,
  type ResumeFormat,
  type ResumeLimits,
  type ResumeRefusal,
} from "@intake/core/resumes/schema";
import type { ReceivedForm } from "./receive-form";
import { tooLargeError } from "./refusals";

/** What a form's file is by its content, or why it is refused. */
export interface InspectedFile {
  format: ResumeFormat | null;
  refusal: ResumeRefusal | null;
  errors: FieldError[];
}

/** Judges the file of a form by its structure (security rule 3) and by what this installation takes. */
export async function inspectFile(
  { file }: Pick<ReceivedForm, "file">,
  { inspector, resumeLimits: limits }: { inspector: DocumentInspector; resumeLimits: ResumeLimits },
): Promise<InspectedFile> {
  if (!file) return refused("missing", { name: "", limits });
  if (file.isTooLarge)
    return { format: null, refusal: "too-large", errors: [tooLargeError(file.fileName, limits)] };
  const verdict = await inspector.inspect(file);
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
