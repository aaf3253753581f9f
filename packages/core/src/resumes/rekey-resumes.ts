import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { FileAlteredError, ObjectNotFoundError } from "../ports/storage";
import { openResumeFile, type ResumeFile, resumeFileSelect } from "./open-resume-file";

/** Files that change rows together. What a killed run leaves behind is no more than these, and the sweeper takes it. */
const batchSize = 40;
/** Files on their way at once: people's downloads go on meanwhile. */
const atOnce = 4;

type RekeyContext = Pick<Context, "actor" | "db" | "log" | "now" | "requestId" | "source" | "storage">;

/** A file that could not be brought under the current key and stays as it is. */
export interface UnreadableFile {
  resumeId: string;
  leadId: string;
  reason: string;
}

export interface RekeyReport {
  files: number;
  unreadable: UnreadableFile[];
}

/** How many files are under another key than the current one, or under none. */
export function countOutdatedFiles(ctx: Pick<Context, "db" | "storage">): Promise<number> {
  return ctx.db.prisma.resume.count({ where: outdated(ctx) });
}

/** The keys that files are under, with the number of files; null are those in plain. */
export async function countFilesByKey(
  ctx: Pick<Context, "db">,
): Promise<{ keyName: string | null; files: number }[]> {
  const groups = await ctx.db.prisma.resume.groupBy({ by: ["keyName"], _count: true });
  return groups.map(({ keyName, _count }) => ({ keyName, files: _count }));
}

/**
 * Brings every file under the current master key, with a new data key and a new place, while the product serves: the new object is
 * whole and proven before the rows point to it, the old one goes after. Can end at any moment and be run again. Throws
 * `StorageUnavailableError` when the storage, or a key that a file is under, is away.
 */
export async function rekeyResumes(
  ctx: RekeyContext,
  { onProgress }: { onProgress(done: number): void },
): Promise<RekeyReport> {
  const report: RekeyReport = { files: 0, unreadable: [] };
  let after: string | undefined;
  for (;;) {
    const rows = await ctx.db.prisma.resume.findMany({
      where: { AND: [outdated(ctx), after === undefined ? {} : { id: { gt: after } }] },
      orderBy: { id: "asc" },
      take: batchSize,
      select: { ...resumeFileSelect, sha256: true },
    });
    const copies: Copy[] = [];
    for (let at = 0; at < rows.length; at += atOnce) {
      const copied = await Promise.all(rows.slice(at, at + atOnce).map((row) => copy(ctx, row)));
      for (const result of copied)
        if ("reason" in result) report.unreadable.push(result);
        else copies.push(result);
    }
    report.files += await swap(ctx, copies);
    onProgress(report.files);
    after = rows.at(-1)?.id;
    if (rows.length < batchSize) return report;
  }
}

/** A column that is null is not unequal to anything. */
function outdated({ storage }: Pick<Context, "storage">) {
  return { OR: [{ keyName: null }, { NOT: { keyName: storage.keyName } }] };
}

interface Copy {
  old: ResumeFile;
  storageKey: string;
  keyName: string;
}

/** A second object with the same content under the current key, proven to open and to be what was received. */
async function copy(ctx: RekeyContext, old: ResumeFile & { sha256: string }): Promise<Copy | UnreadableFile> {
  const place = { storageKey: `resumes/${randomUUID()}`, leadId: old.leadId, resumeId: old.id };
  try {
    const hash = createHash("sha256");
    const { keyName } = await ctx.storage.put(place, hashed(await openResumeFile(ctx, old), hash));
    if (hash.digest("hex") !== old.sha256) {
      await ctx.storage.delete(place.storageKey);
      return unreadable(old, "it is not the file that was received");
    }
    (await ctx.storage.get({ ...place, keyName })).destroy();
    return { old, storageKey: place.storageKey, keyName };
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return unreadable(old, "it is missing in storage");
    if (error instanceof FileAlteredError) return unreadable(old, "it was altered where it is stored");
    throw error;
  }
}

function unreadable({ id, leadId }: ResumeFile, reason: string): UnreadableFile {
  return { resumeId: id, leadId, reason };
}

function hashed(body: Readable, hash: ReturnType<typeof createHash>): Readable {
  const pieces = (async function* () {
    for await (const piece of body) {
      hash.update(piece);
      yield piece;
    }
  })();
  return Readable.from(pieces, { objectMode: false });
}

/** Points the rows to the copies, in one transaction with its event, and removes what no row names any more. */
async function swap(ctx: RekeyContext, copies: Copy[]): Promise<number> {
  if (copies.length === 0) return 0;
  const unused: string[] = [];
  let files = 0;
  await ctx.db.prisma.$transaction(async (tx) => {
    for (const { old, storageKey, keyName } of copies) {
      const { count } = await tx.resume.updateMany({
        where: { id: old.id, storageKey: old.storageKey },
        data: { storageKey, keyName },
      });
      // Another run was faster, or the file is gone.
      unused.push(count === 1 ? old.storageKey : storageKey);
      files += count;
      if (count === 1)
        await tx.lead.updateMany({
          where: { id: old.leadId, resumePath: old.storageKey },
          data: { resumePath: storageKey },
        });
    }
    const event = eventInsert(ctx, { type: "keys.rotated", data: { files, keyName: ctx.storage.keyName } });
    if (files > 0) await tx.$executeRaw(event.sql);
  });
  for (const key of unused)
    await ctx.storage.delete(key).catch((error: unknown) => {
      ctx.log.warn({ storageKey: key, err: error }, "left-over file stays for the sweeper");
    });
  return files;
}
