import type { Context } from "../context";
import type { Storage } from "../ports/storage";
import { isOrphanAge, keysWithoutRow, resumePrefix } from "./sweep-orphans";

const batchSize = 500;

export interface StorageReport {
  rows: number;
  objects: number;
  /** Resumes whose file is gone. */
  missing: { resumeId: string; leadId: string; storageKey: string }[];
  /** Files no resume names. The sweeper removes the old ones; a young one may belong to a submission under way. */
  orphans: { key: string; sizeBytes: number; isOld: boolean }[];
}

type CheckContext = Pick<Context, "db" | "now"> & { storage: Pick<Storage, "list" | "has"> };

/** Compares every resume row with every stored file, while both change. Changes nothing (security rule 12). */
export async function checkStorage(ctx: CheckContext): Promise<StorageReport> {
  const unclaimed = new Map<string, { sizeBytes: number; storedAt: Date }>();
  for await (const { key, ...object } of ctx.storage.list(resumePrefix)) unclaimed.set(key, object);
  const report: StorageReport = { rows: 0, objects: unclaimed.size, missing: [], orphans: [] };

  for await (const row of everyResume(ctx)) {
    report.rows += 1;
    // A file that came after the listing is not missing.
    if (!unclaimed.delete(row.storageKey) && !(await ctx.storage.has(row.storageKey)))
      report.missing.push(row);
  }
  const keys = [...unclaimed.keys()];
  for (let at = 0; at < keys.length; at += batchSize) {
    for (const key of await keysWithoutRow(ctx, keys.slice(at, at + batchSize))) {
      const { sizeBytes = 0, storedAt = ctx.now() } = unclaimed.get(key) ?? {};
      report.orphans.push({ key, sizeBytes, isOld: isOrphanAge(ctx, storedAt) });
    }
  }
  return report;
}

async function* everyResume(ctx: CheckContext) {
  let after: string | undefined;
  for (;;) {
    const rows = await ctx.db.prisma.resume.findMany({
      ...(after === undefined ? {} : { where: { id: { gt: after } } }),
      orderBy: { id: "asc" },
      take: batchSize,
      select: { id: true, leadId: true, storageKey: true },
    });
    for (const { id, leadId, storageKey } of rows) yield { resumeId: id, leadId, storageKey };
    after = rows.at(-1)?.id;
    if (rows.length < batchSize) return;
  }
}
