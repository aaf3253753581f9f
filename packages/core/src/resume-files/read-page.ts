import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { findFile } from "./find-file";
import { decideDownload, decideViewing, explainUnviewable } from "./policy";
import { readFile } from "./read-file";
import { recordResumeView } from "./record-resume-view";
import type { ReadPage, ResumePage } from "./schema";

/**
 * One page of a PDF as a picture, with its text. Throws NOT_FOUND for a page that is not there, FORBIDDEN for a file that is locked,
 * UNPROCESSABLE_CONTENT for one that cannot be read, SERVICE_UNAVAILABLE when too many are being read.
 */
export async function readPage(ctx: StaffContext, input: ReadPage): Promise<ResumePage> {
  const { page, width, ...place } = input;
  const file = await findFile(ctx, place);
  const viewing = decideViewing(file);
  if (!viewing.allowed) throw new AppError("FORBIDDEN", viewing.sentence);
  if (file.format !== "PDF") throw noSuchPage();
  const bytes = await readFile(ctx, file);
  if (!bytes) throw new AppError("NOT_FOUND", explainUnviewable("missing", decideDownload(file)));
  const reading = await ctx.reader.renderPage({ bytes, format: file.format, page, width });
  if (!reading.ok) {
    if (reading.failure === "empty") throw noSuchPage();
    throw new AppError("UNPROCESSABLE_CONTENT", explainUnviewable(reading.failure, decideDownload(file)));
  }
  await recordResumeView(ctx, file);
  const { bytes: picture, ...rest } = reading.content;
  return { ...rest, base64: Buffer.from(picture).toString("base64") };
}

function noSuchPage(): AppError {
  return new AppError("NOT_FOUND", "This file has no such page.");
}
