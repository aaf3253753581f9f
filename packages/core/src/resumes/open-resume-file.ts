import type { Readable } from "node:stream";
import type { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { ObjectNotFoundError, type StoredFile } from "../ports/storage";

/** What opening a file needs of its row. */
export const resumeFileSelect = {
  id: true,
  leadId: true,
  storageKey: true,
  keyName: true,
} as const satisfies Prisma.ResumeSelect;

export type ResumeFile = Prisma.ResumeGetPayload<{ select: typeof resumeFileSelect }>;

/**
 * Opens a resume's file, optionally only bytes `start`..`end` inclusive. A row that was read just before `keys:rotate` moved its file
 * is read again. Throws what `Storage.get` throws.
 */
export async function openResumeFile(
  ctx: Pick<Context, "db" | "storage">,
  resume: ResumeFile,
  range?: { start: number; end: number },
): Promise<Readable> {
  try {
    return await ctx.storage.get(storedFile(resume), range);
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    const moved = await ctx.db.prisma.resume.findUnique({
      where: { id: resume.id, NOT: { storageKey: resume.storageKey } },
      select: resumeFileSelect,
    });
    if (!moved) throw error;
    return ctx.storage.get(storedFile(moved), range);
  }
}

function storedFile({ id, leadId, storageKey, keyName }: ResumeFile): StoredFile {
  return { resumeId: id, leadId, storageKey, keyName };
}
