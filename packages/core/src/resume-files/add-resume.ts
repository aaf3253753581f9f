import { randomUUID } from "node:crypto";
import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getLead } from "../leads/get-lead";
import type { SpooledResume } from "../leads/submit-lead";
import { cleanFileName } from "../resumes/file-name";
import { firstScanDueAt } from "../resumes/queue-due-scans";
import { toSql } from "../sql";
import { listVersions } from "./list-versions";
import type { AddedResume } from "./schema";

interface AddResumeInput {
  leadId: string;
  resume: SpooledResume;
}

/**
 * Gives a lead a newer file, by one of the staff or by the prospect; the earlier ones stay. The same content as the newest file is not
 * stored again, so that sending twice is sending once. The file is durable before its row is there (security rule 8). Throws NOT_FOUND,
 * or SERVICE_UNAVAILABLE when the quota is used up.
 */
export async function addResume(ctx: Context, input: AddResumeInput): Promise<AddedResume> {
  const lead = await getLead(ctx, input.leadId);
  if (lead.resume.sha256 === input.resume.sha256)
    return toAnswer(ctx, { leadId: lead.id, resumeId: lead.resume.id, isNew: false });
  await ctx.quota.admit(input.resume.sizeBytes);

  const file = { resumeId: uuidv7(), leadId: lead.id, storageKey: `resumes/${randomUUID()}` };
  const { keyName } = await ctx.storage.putFile(file, input.resume);
  // When this fails the commit may have happened all the same: the file stays, the sweeper takes it if no row came of it.
  const newestId = await ctx.db.prisma.$transaction((tx) =>
    insert(ctx, tx, { ...file, keyName, resume: input.resume }),
  );
  const isNew = newestId === file.resumeId;
  if (!isNew) await ctx.storage.delete(file.storageKey);
  else {
    ctx.live.tell({ leadId: lead.id, kind: "resume" });
    ctx.log.info({ leadId: lead.id, resumeId: file.resumeId }, "resume added");
  }
  return toAnswer(ctx, { leadId: lead.id, resumeId: newestId, isNew });
}

interface NewFile {
  resumeId: string;
  leadId: string;
  storageKey: string;
  keyName: string | null;
  resume: SpooledResume;
}

/** Row, lead, event and job; or nothing, when somebody has just added the same file. Returns the id of what is newest then. */
async function insert(ctx: Context, tx: Transaction, file: NewFile): Promise<string> {
  const { leadId, resumeId, storageKey, keyName, resume } = file;
  // Two files that arrive at once come one after the other.
  await tx.$queryRaw`SELECT 1 FROM leads WHERE id = ${leadId}::uuid FOR UPDATE`;
  const [newest] = await tx.$queryRaw<{ id: string; sha256: string }[]>`
    SELECT r.id, r.sha256 FROM leads l JOIN resumes r ON r.storage_key = l.resume_path WHERE l.id = ${leadId}::uuid`;
  if (!newest) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  if (newest.sha256 === resume.sha256) return newest.id;

  const now = ctx.now();
  const isScanned = ctx.scanner.name !== "none";
  const isSameFile = (await tx.resume.count({ where: { leadId, sha256: resume.sha256 } })) > 0;
  await tx.resume.create({
    data: {
      ...{ id: resumeId, leadId, storageKey, keyName },
      fileName: cleanFileName(resume.fileName),
      ...{ format: resume.format, sizeBytes: resume.sizeBytes, sha256: resume.sha256 },
      scanState: isScanned ? "PENDING" : "UNSCANNED",
      scanDueAt: firstScanDueAt(now),
      addedById: "user" in ctx.actor ? ctx.actor.user.id : null,
      createdAt: now,
    },
  });
  await tx.lead.update({
    where: { id: leadId },
    data: { resumePath: storageKey, version: { increment: 1 }, updatedAt: now },
  });
  await tx.$executeRaw(
    eventInsert(ctx, { type: "resume.added", leadId, data: { resumeId, isSameFile } }).sql,
  );
  await tx.$executeRaw(toSql(await ctx.queue.jobInsert("resume.scan", [{ data: { resumeId } }])));
  return resumeId;
}

async function toAnswer(
  ctx: Context,
  { leadId, resumeId, isNew }: { leadId: string; resumeId: string; isNew: boolean },
): Promise<AddedResume> {
  const version = (await listVersions(ctx, { leadId })).find(({ id }) => id === resumeId);
  if (!version) throw new Error("The resume that was just added is gone");
  return { version, isNew };
}
