import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import type { ResumeFormat } from "@intake/core/resumes/schema";
import { looksLikeCompoundFile } from "./compound-file";
import { inspectDoc } from "./doc";
import { inspectDocx, looksLikeZip } from "./docx";
import { inspectPdf, looksLikePdf } from "./pdf";
import { refused } from "./verdict";

const formatsByExtension: Record<string, ResumeFormat> = { pdf: "PDF", doc: "DOC", docx: "DOCX" };

/** Judges a file by its structure and then holds it against its name; the claimed media type plays no part. */
export async function inspectBytes(bytes: Uint8Array, fileName: string): Promise<InspectionVerdict> {
  if (bytes.length === 0) return refused("empty");
  const named = formatOfName(fileName);
  if (!named) return refused("wrong-extension");
  const verdict = await inspectContent(bytes);
  if (verdict.ok) return verdict.format === named ? verdict : refused("name-and-content-differ");
  // A broken archive or compound file under another name may be anything; `%PDF` says what it wanted to be.
  if (verdict.refusal === "broken-pdf" && named !== "PDF") return refused("name-and-content-differ");
  if (verdict.refusal === "broken-docx" && named !== "DOCX") return refused("not-a-document");
  if (verdict.refusal === "broken-doc" && named !== "DOC") return refused("not-a-document");
  return verdict;
}

/** The format a name's ending promises, in any case; undefined when it is none of ours. */
export function formatOfName(fileName: string): ResumeFormat | undefined {
  const extension = /\.([a-z]+)$/i.exec(fileName.trim())?.[1];
  return extension === undefined ? undefined : formatsByExtension[extension.toLowerCase()];
}

async function inspectContent(bytes: Uint8Array): Promise<InspectionVerdict> {
  if (looksLikePdf(bytes)) return inspectPdf(bytes);
  if (looksLikeZip(bytes)) return inspectDocx(bytes);
  if (looksLikeCompoundFile(bytes)) return inspectDoc(bytes);
  return refused("not-a-document");
}
