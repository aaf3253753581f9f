import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { DocumentInput, Examination, Reading } from "../ports/document-reader";
import { FileAlteredError, ObjectNotFoundError } from "../ports/storage";
import { judgeFile } from "./examination-verdict";
import { openResumeFile, resumeFileSelect } from "./open-resume-file";
import { isOpenState } from "./schema";
import { type Settled, settleExamination } from "./settle-examination";

type ExamineContext = Pick<
  Context,
  "actor" | "db" | "live" | "log" | "now" | "reader" | "requestId" | "scanner" | "source" | "storage"
>;

const examinedSelect = {
  ...resumeFileSelect,
  format: true,
  sha256: true,
  scanState: true,
  scannedWith: true,
  findings: true,
} as const satisfies Prisma.ResumeSelect;

type ExaminedFile = Prisma.ResumeGetPayload<{ select: typeof examinedSelect }>;

/**
 * Takes one stored file through everything that must happen before anyone opens it, in one pass over its bytes: the scanner's verdict,
 * our own, and its text. All of it is settled together or not at all; without an exact verdict the file keeps its state and the sweep
 * brings it again (security rule 7). Throws when the storage is away.
 */
export async function examineResume(ctx: ExamineContext, input: { resumeId: string }): Promise<void> {
  const resume = await ctx.db.prisma.resume.findUnique({
    where: { id: input.resumeId },
    select: examinedSelect,
  });
  if (!resume || !isOpenState(resume.scanState)) return;
  // Asked before the scan: signatures that change in between only mean another look.
  const version = await ctx.scanner.version();
  // The same file may be queued twice.
  if (resume.findings !== null && resume.scannedWith === version) return;
  const settled = await examineFile(ctx, resume, version);
  if (typeof settled === "string") {
    ctx.log.warn({ resumeId: resume.id, reason: settled }, "resume not examined");
    return;
  }
  await settleExamination(ctx, resume, settled);
}

/** What is to be settled, or why nothing can be. */
async function examineFile(
  ctx: ExamineContext,
  resume: ExaminedFile,
  version: string | null,
): Promise<Settled | string> {
  if (version === null && ctx.scanner.name !== "none") return "the scanner does not answer";
  const bytes = await readStoredFile(ctx, resume);
  if (typeof bytes === "string") return bytes;
  const [scan, examination] = await Promise.all([
    version === null ? null : ctx.scanner.scan(Readable.from([bytes], { objectMode: false })),
    // A file that new signatures look at again needs no second reading.
    resume.findings === null ? askReader(ctx, { bytes, format: resume.format }) : null,
  ]);
  if (scan?.verdict === "unavailable") return scan.reason;
  if (examination === "overloaded") return "too many files are being read";
  return { ...judgeFile(scan, examination), scannedWith: version };
}

async function askReader(
  ctx: ExamineContext,
  input: DocumentInput,
): Promise<Reading<Examination> | "overloaded"> {
  try {
    return await ctx.reader.examine(input);
  } catch (error) {
    if (error instanceof AppError && error.code === "SERVICE_UNAVAILABLE") return "overloaded";
    throw error;
  }
}

const otherFile = "the stored file is not the one that was received";

/** The whole file, proven to be the one that was received: a verdict is about nothing else. */
async function readStoredFile(ctx: ExamineContext, resume: ExaminedFile): Promise<Buffer | string> {
  try {
    const bytes = await buffer(await openResumeFile(ctx, resume));
    return createHash("sha256").update(bytes).digest("hex") === resume.sha256 ? bytes : otherFile;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return "the object is missing in storage";
    if (error instanceof FileAlteredError) return otherFile;
    throw error;
  }
}
