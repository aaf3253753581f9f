import { buffer } from "node:stream/consumers";
import type { Context } from "../context";
import { ObjectNotFoundError } from "../ports/storage";
import { openResumeFile } from "../resumes/open-resume-file";
import type { LeadFile } from "./find-file";

/** The whole file in memory, or null when its object is missing in storage, which the log tells the operator. */
export async function readFile(
  ctx: Pick<Context, "db" | "storage" | "log">,
  file: LeadFile,
): Promise<Buffer | null> {
  try {
    return await buffer(await openResumeFile(ctx, file));
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    ctx.log.error({ leadId: file.leadId, resumeId: file.id }, "resume object is missing");
    return null;
  }
}
