/** What a resume may be: one place for the limit, the formats and every sentence about them. Browser-safe. */
import { z } from "zod";

export const resumeFormats = ["PDF", "DOC", "DOCX"] as const;
export type ResumeFormat = (typeof resumeFormats)[number];

/** What an installation takes as a resume. Its settings say it once; the form shows it and the door holds it (PRD 3.6). */
export interface ResumeLimits {
  maxBytes: number;
  formats: readonly ResumeFormat[];
}

/** 5 MiB exactly, in every format (PRD 2.1). */
export const defaultResumeLimits: ResumeLimits = { maxBytes: 5 * 1024 * 1024, formats: resumeFormats };

export const resumeMediaTypes: Record<ResumeFormat, string> = {
  PDF: "application/pdf",
  DOC: "application/msword",
  DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** The `accept` of a file field: endings and media types. */
export function acceptOf(formats: readonly ResumeFormat[]): string {
  const endings = formats.map((format) => `.${format.toLowerCase()}`);
  return [...endings, ...formats.map((format) => resumeMediaTypes[format])].join(",");
}

/** `PDF, DOC or DOCX`. */
export function listFormats(formats: readonly ResumeFormat[]): string {
  return new Intl.ListFormat("en-US", { type: "disjunction" }).format(formats).replace(", or ", " or ");
}

export const scanStates = ["UNSCANNED", "PENDING", "CLEAN", "INFECTED", "UNSCANNABLE"] as const;
export type ScanState = (typeof scanStates)[number];

/** Whether a file in this state is examined (again). What was locked stays locked: a scanner without its signatures finds nothing. */
export function isOpenState(state: ScanState): boolean {
  return state !== "INFECTED" && state !== "UNSCANNABLE";
}

/** Why a file is refused. Each has its own sentence in `describeRefusal`. */
export const resumeRefusals = [
  "missing",
  "empty",
  "too-large",
  "wrong-extension",
  "not-a-document",
  "broken-pdf",
  "broken-docx",
  "broken-doc",
  "name-and-content-differ",
  "password-protected",
  "macros",
  "archive-limits",
  "inspection-timeout",
] as const;
export type ResumeRefusal = (typeof resumeRefusals)[number];

/** Bytes as people read them: `2.5 GB`, `1.8 MB`, `48 KB`, `312 bytes`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  const isGigabytes = bytes >= 1024 ** 3;
  const amount = bytes / (isGigabytes ? 1024 ** 3 : 1024 ** 2);
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${isGigabytes ? "GB" : "MB"}`;
}

/** The sentence for a refused file: what is wrong with this input and how to mend it. */
export function describeRefusal(
  refusal: ResumeRefusal,
  file: { name: string; sizeBytes?: number; limits?: ResumeLimits },
): string {
  const name = `“${file.name}”`;
  const { maxBytes, formats } = file.limits ?? defaultResumeLimits;
  const limit = formatBytes(maxBytes);
  switch (refusal) {
    case "missing":
      return `Choose your resume: a ${listFormats(formats)} file, up to ${limit}.`;
    case "empty":
      return `${name} is empty (0 bytes). If it lies in an online drive, download it to this device first, then choose it again.`;
    case "too-large": {
      return `${name} is ${describeExcess(file.sizeBytes, maxBytes)}. Choose a file up to ${limit}: saving it again as “smaller size” usually does it.`;
    }
    case "wrong-extension":
      return `${name} is not a ${listFormats(formats)} file. Save or export your resume as PDF and choose it again.`;
    case "not-a-document":
      return `${name} is called a document but its content is something else. Open it, save it as PDF and choose that file.`;
    case "broken-pdf":
      return `${name} is cut off or damaged: it does not read as a whole PDF. Save it again as PDF and choose the new file.`;
    case "broken-docx":
      return `${name} does not read as a Word document. Open it in Word, save it again as DOCX or PDF and choose the new file.`;
    case "broken-doc":
      return `${name} does not read as a Word document. Open it, save it again as DOCX or PDF and choose the new file.`;
    case "name-and-content-differ":
      return `${name} has the wrong ending for what is inside. Rename it to match, or save it again as PDF, and choose it again.`;
    case "password-protected":
      return `${name} needs a password to open, so nobody here could read it. Save a copy without a password and choose that one.`;
    case "macros":
      return `${name} contains macros, which we cannot accept. Save it as a plain DOCX or as PDF and choose that file.`;
    case "archive-limits":
      return `${name} unpacks to far more than a resume should. Save it again as PDF and choose that file.`;
    case "inspection-timeout":
      return `${name} could not be checked in time. Save it again as PDF and choose that file.`;
  }
}

/** How large a file is that is too large, so that it never reads like the limit itself. */
function describeExcess(sizeBytes: number | undefined, limitBytes: number): string {
  if (sizeBytes === undefined) return `larger than ${formatBytes(limitBytes)}`;
  const isJustOver = sizeBytes < limitBytes * 1.02;
  return isJustOver ? `${sizeBytes.toLocaleString("en-GB")} bytes` : formatBytes(sizeBytes);
}

/** The resume as callers see it. */
export const resumeSummarySchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.enum(resumeFormats),
  sizeBytes: z.int(),
  sha256: z.string(),
  scanState: z.enum(scanStates),
  /** Why it is locked, for people: a sentence, or for malware its name. Null while it is not. */
  scanReason: z.string().nullable(),
});
export type ResumeSummary = z.infer<typeof resumeSummarySchema>;

/** A part of an excerpt; `isHit` marks what the search found. */
const excerptPartSchema = z.object({ text: z.string(), isHit: z.boolean() });
export type ExcerptPart = z.infer<typeof excerptPartSchema>;

/** The stretch of a resume in which a search found something, about 140 characters; the parts follow each other. */
export const excerptSchema = z.object({ parts: z.array(excerptPartSchema) });
export type Excerpt = z.infer<typeof excerptSchema>;
