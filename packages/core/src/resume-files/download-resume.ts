import type { Readable } from "node:stream";
import { recordEvent } from "../audit/record-event";
import { can, explainDenial } from "../auth/policy";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { ObjectNotFoundError } from "../ports/storage";
import { openResumeFile } from "../resumes/open-resume-file";
import { findFile, type LeadFile } from "./find-file";
import { decideDownload, explainUnviewable } from "./policy";
import type { ResumePlace } from "./schema";

/**
 * A lead's file, if this caller may have its original now. Infected, unscannable and waiting ones nobody may (security rule 7). Throws
 * NOT_FOUND, FORBIDDEN, or CONFLICT while it waits for its check.
 */
export async function findDownload(ctx: StaffContext, input: ResumePlace): Promise<LeadFile> {
  if (!can(ctx.actor.user, "resumes.download"))
    throw new AppError("FORBIDDEN", explainDenial("resumes.download"));
  const file = await findFile(ctx, input);
  const { state, sentence } = decideDownload(file);
  if (state === "locked")
    throw new AppError(file.scanState === "PENDING" ? "CONFLICT" : "FORBIDDEN", sentence);
  return file;
}

/** Opens the original, all of it or bytes `start`..`end`; every download is an event (detail 4.56). Throws NOT_FOUND when its object is gone. */
export async function downloadResume(
  ctx: StaffContext,
  file: LeadFile,
  range?: { start: number; end: number },
): Promise<Readable> {
  const body = await openResumeFile(ctx, file, range).catch((error: unknown) => {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    ctx.log.error({ leadId: file.leadId, resumeId: file.id }, "resume object is missing");
    throw new AppError("NOT_FOUND", explainUnviewable("missing", decideDownload(file)), { cause: error });
  });
  const data = { resumeId: file.id, isUnchecked: file.scanState === "UNSCANNED" };
  await recordEvent(ctx, { type: "resume.downloaded", leadId: file.leadId, data });
  return body;
}
