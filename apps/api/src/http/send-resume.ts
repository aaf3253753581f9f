import { pipeline } from "node:stream/promises";
import type { StaffContext } from "@intake/core/context";
import { downloadResume } from "@intake/core/resume-files/download-resume";
import type { LeadFile } from "@intake/core/resume-files/find-file";
import { attachmentHeader } from "@intake/core/resumes/file-name";
import { resumeMediaTypes } from "@intake/core/resumes/schema";
import type { Request } from "express";
import type { Exchange } from "./staff-context";

/**
 * Answers with the original bytes, only ever as an attachment: all of them, or the one range that was asked for (RFC 9110, 14). Asking for
 * the head alone is no download.
 */
export async function sendResume(ctx: StaffContext, file: LeadFile, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const { sizeBytes } = file;
  const range = readRange(request, file);
  if (range === "unsatisfiable") {
    response
      .status(416)
      .set({ "Content-Range": `bytes */${sizeBytes}`, "Cache-Control": "no-store" })
      .end();
    return;
  }
  const body = request.method === "HEAD" ? null : await downloadResume(ctx, file, range ?? undefined);
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
  response.status(range ? 206 : 200).set({
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    ETag: etagOf(file),
    "Content-Type": resumeMediaTypes[file.format],
    "Content-Disposition": attachmentHeader(file.fileName),
    "Content-Length": String(end - start + 1),
    ...(range ? { "Content-Range": `bytes ${start}-${end}/${sizeBytes}` } : {}),
  });
  if (body) await pipeline(body, response);
  else response.end();
}

function etagOf({ sha256 }: LeadFile): string {
  return `"${sha256}"`;
}

/** One range, none, or one that lies beyond the file. Several ranges, and a range of another file (`If-Range`), get the whole. */
function readRange(
  request: Request,
  file: LeadFile,
): { start: number; end: number } | null | "unsatisfiable" {
  const condition = request.get("If-Range");
  if (condition !== undefined && condition !== etagOf(file)) return null;
  const ranges = request.range(file.sizeBytes, { combine: true });
  if (ranges === -1) return "unsatisfiable";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return null;
  const [only] = ranges;
  return only ? { start: only.start, end: only.end } : null;
}
