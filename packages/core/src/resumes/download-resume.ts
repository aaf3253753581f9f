import type { Readable } from "node:stream";
import { recordEvent } from "../audit/record-event";
import { can, explainDenial } from "../auth/policy";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { getLead } from "../leads/get-lead";
import { ObjectNotFoundError } from "../ports/storage";
import { resumeMediaTypes } from "./schema";

export interface ResumeDownload {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  body: Readable;
}

/**
 * The original bytes of a lead's newest resume; every download is an event (detail 4.56). Files no scanner has looked at may be
 * opened while the installation runs without one; infected, unscannable and waiting ones never (security rule 7).
 */
export async function downloadResume(ctx: StaffContext, input: { leadId: string }): Promise<ResumeDownload> {
  if (!can(ctx.actor.user.role, "resumes.download"))
    throw new AppError("FORBIDDEN", explainDenial("resumes.download"));
  const lead = await getLead(ctx, input.leadId);
  const resume = await ctx.db.prisma.resume.findUniqueOrThrow({
    where: { id: lead.resume.id },
    select: {
      storageKey: true,
      fileName: true,
      format: true,
      sizeBytes: true,
      sha256: true,
      scanState: true,
    },
  });
  refuseUnsafe(resume.scanState);
  const body = await ctx.storage.get(resume.storageKey).catch((error: unknown) => {
    if (error instanceof ObjectNotFoundError) {
      ctx.log.error({ leadId: lead.id, resumeId: lead.resume.id }, "resume object is missing");
      throw new AppError(
        "NOT_FOUND",
        "The file of this lead is missing in storage. Tell whoever runs Intake.",
        { cause: error },
      );
    }
    throw error;
  });
  await recordEvent(ctx, { type: "resume.downloaded", leadId: lead.id, data: { resumeId: lead.resume.id } });
  const { fileName, sizeBytes, sha256 } = resume;
  return { fileName, sizeBytes, sha256, mediaType: resumeMediaTypes[resume.format], body };
}

function refuseUnsafe(state: "UNSCANNED" | "PENDING" | "CLEAN" | "INFECTED" | "UNSCANNABLE"): void {
  switch (state) {
    case "CLEAN":
    case "UNSCANNED":
      return;
    case "PENDING":
      throw new AppError("CONFLICT", "Not checked yet. You can open it when the check is done.");
    case "INFECTED":
      throw new AppError(
        "FORBIDDEN",
        "This file contains malware and stays locked. Ask the person for another copy.",
      );
    case "UNSCANNABLE":
      throw new AppError(
        "FORBIDDEN",
        "This file could not be checked and stays locked. Ask the person for another copy.",
      );
  }
}
