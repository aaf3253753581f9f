import { recordEvent } from "../audit/record-event";
import type { Context } from "../context";

/** How old an object without a row must be before it goes: 24 h, far beyond any request in flight (security rule 12). */
const orphanAgeSeconds = 24 * 60 * 60;
const batchSize = 500;
/** Below it lie the files of resumes and nothing else. */
export const resumePrefix = "resumes/";

type SweepContext = Pick<Context, "actor" | "db" | "log" | "now" | "requestId" | "source" | "storage">;

/** Removes stored objects that no resume row names and that are older than 24 h. Returns how many there were. */
export async function sweepOrphans(
  ctx: SweepContext,
  input: { dryRun: boolean },
): Promise<{ orphans: number }> {
  let orphans = 0;
  let batch: string[] = [];
  const flush = async () => {
    const keys = await keysWithoutRow(ctx, batch);
    batch = [];
    orphans += keys.length;
    if (!input.dryRun) for (const key of keys) await ctx.storage.delete(key);
  };
  for await (const object of ctx.storage.list(resumePrefix)) {
    if (!isOrphanAge(ctx, object.storedAt)) continue;
    batch.push(object.key);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  if (orphans > 0 && !input.dryRun)
    await recordEvent(ctx, { type: "storage.orphans_swept", data: { orphans } });
  ctx.log.info({ orphans, dryRun: input.dryRun }, "orphan sweep done");
  return { orphans };
}

/** Whether a file of that time would have its row by now, if it ever got one. */
export function isOrphanAge(ctx: Pick<Context, "now">, storedAt: Date): boolean {
  return ctx.now().getTime() - storedAt.getTime() >= orphanAgeSeconds * 1000;
}

/** Those of the keys that no resume row names; so many at once as fit into one query. */
export async function keysWithoutRow(ctx: Pick<Context, "db">, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await ctx.db.prisma.resume.findMany({
    where: { storageKey: { in: keys } },
    select: { storageKey: true },
  });
  const known = new Set(rows.map((row) => row.storageKey));
  return keys.filter((key) => !known.has(key));
}
