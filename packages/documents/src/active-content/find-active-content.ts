import type { ActiveContent } from "@intake/core/ports/document-reader";
import type { ResumeFormat } from "@intake/core/resumes/schema";
import { asBuffer } from "../verdict";
import { findInDoc } from "./find-in-doc";
import { findInDocx } from "./find-in-docx";
import { findInPdf } from "./find-in-pdf";
import { describeActiveContent } from "./reasons";

/**
 * What in a document would act by itself, with or without a virus scanner: an empty list is clean, anything `blocked`
 * belongs into quarantine. Bounded in memory; run it where a file may fail, in the reading process.
 */
export async function findActiveContent(bytes: Uint8Array, format: ResumeFormat): Promise<ActiveContent[]> {
  const file = asBuffer(bytes);
  switch (format) {
    case "PDF":
      return describeActiveContent(findInPdf(file));
    case "DOCX":
      return describeActiveContent(await findInDocx(file));
    case "DOC":
      return describeActiveContent(findInDoc(file));
  }
}
