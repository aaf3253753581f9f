import { type ResumeFormat, type ResumeLimits, resumeFormats } from "@intake/core/resumes/schema";
import { z } from "zod";
import { optional, wholeNumber } from "./variable";

const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;

/** What a resume may be, and how much all of them together may take (PRD 3.6). */
export const limitVariables = {
  // Scanners take streams up to 25 MB unless told otherwise.
  RESUME_MAX_MEGABYTES: optional(wholeNumber.min(1).max(25)),
  RESUME_FORMATS: optional(
    z
      .string()
      .refine((value) => readFormats(value) !== null, "must be a list of PDF, DOC and DOCX")
      .refine(
        (value) => readFormats(value)?.includes("PDF") ?? true,
        "must include PDF: whoever has another file is told to save it as one",
      ),
  ),
  STORAGE_QUOTA_GIGABYTES: optional(z.coerce.number().positive()),
};

const environmentSchema = z.object(limitVariables);

/** The limits of this installation. */
export function readLimits(env: z.output<typeof environmentSchema>): {
  resumeLimits: ResumeLimits;
  storageQuotaBytes: number | null;
} {
  return {
    resumeLimits: {
      maxBytes: (env.RESUME_MAX_MEGABYTES ?? 5) * megabyte,
      formats: readFormats(env.RESUME_FORMATS ?? resumeFormats.join()) ?? resumeFormats,
    },
    storageQuotaBytes:
      env.STORAGE_QUOTA_GIGABYTES === undefined ? null : Math.floor(env.STORAGE_QUOTA_GIGABYTES * gigabyte),
  };
}

/** In our own order; null when something else is in the list. */
function readFormats(list: string): ResumeFormat[] | null {
  const names = list.split(",").map((name) => name.trim().toUpperCase());
  const formats = resumeFormats.filter((format) => names.includes(format));
  return formats.length === new Set(names).size ? formats : null;
}
