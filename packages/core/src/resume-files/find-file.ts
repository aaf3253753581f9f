import type { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getLead } from "../leads/get-lead";
import { resumeFileSelect } from "../resumes/open-resume-file";
import type { CheckedFile } from "./policy";
import type { ResumePlace } from "./schema";

const fileSelect = {
  ...resumeFileSelect,
  fileName: true,
  format: true,
  sizeBytes: true,
  sha256: true,
  scanState: true,
  scanReason: true,
  findings: true,
  text: { select: { outcome: true } },
} as const satisfies Prisma.ResumeSelect;

type FileRow = Prisma.ResumeGetPayload<{ select: typeof fileSelect }>;

/** One file of a lead with what the checks have said about it. */
export type LeadFile = Omit<FileRow, "findings"> & CheckedFile;

/** The file of a lead, the newest unless one is named. Throws NOT_FOUND, also for a file of another lead. */
export async function findFile(ctx: Pick<Context, "db">, place: ResumePlace): Promise<LeadFile> {
  const id = place.resumeId ?? (await getLead(ctx, place.leadId)).resume.id;
  const row = await ctx.db.prisma.resume.findUnique({
    where: { id, leadId: place.leadId },
    select: fileSelect,
  });
  if (!row) throw new AppError("NOT_FOUND", "This resume does not exist or is not yours to see.");
  const { findings, ...file } = row;
  return { ...file, hasActiveContent: hasBlocked(findings) };
}

/** Whether our own verdict (`resumes.findings`) keeps the original locked. */
function hasBlocked(findings: Prisma.JsonValue): boolean {
  return (
    Array.isArray(findings) &&
    findings.some(
      (each) =>
        typeof each === "object" && each !== null && "severity" in each && each.severity === "blocked",
    )
  );
}
