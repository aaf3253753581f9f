import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { toSql } from "../sql";
import { countWaitingScans } from "./count-waiting-scans";

/** Files nobody has examined yet that one sweep, so one minute, brings back. */
const waitingBatch = 500;
/** Old files that one sweep shows to a scanner whose signatures have changed: few, since nobody waits for them. */
const oldBatch = 50;
/** How long a queued file may take before the sweep brings the file again, in seconds. */
const patienceSeconds = 300;

type ScanQueueContext = Pick<Context, "db" | "log" | "now" | "queue" | "scanner">;

/** When a new file is overdue for its examination. */
export function firstScanDueAt(now: Date): Date {
  return new Date(now.getTime() + 60 * 1000);
}

/**
 * Queues the files whose examination is overdue, new ones first, so that an outage of scanner or queue costs a delay and nothing else;
 * with none of those, some of the files that the scanner's present signatures have not seen. Queues nothing while the scanner is away.
 */
export async function queueDueScans(ctx: ScanQueueContext): Promise<{ waiting: number; old: number }> {
  const version = await ctx.scanner.version();
  if (version === null && ctx.scanner.name !== "none") {
    const waiting = await countWaitingScans(ctx);
    ctx.log[waiting > 0 ? "error" : "warn"]({ waiting }, "the scanner does not answer");
    return { waiting: 0, old: 0 };
  }
  const waiting = await queueScans(ctx, {
    // The words of the partial index. Files from before there was this examination have no date and come last.
    which: Prisma.sql`findings IS NULL AND scan_state IN ('PENDING', 'CLEAN', 'UNSCANNED') AND ${isDue(ctx)} ORDER BY scan_due_at`,
    limit: waitingBatch,
  });
  if (waiting > 0) ctx.log.warn({ resumes: waiting }, "overdue examinations queued again");
  const old = waiting > 0 || version === null ? 0 : await queueOldFiles(ctx, version);
  return { waiting, old };
}

function isDue(ctx: ScanQueueContext): Prisma.Sql {
  return Prisma.sql`coalesce(scan_due_at, '-infinity') <= ${ctx.now()}`;
}

async function queueOldFiles(ctx: ScanQueueContext, version: string): Promise<number> {
  // Files from before there was a scanner come first.
  const unseen = await queueScans(ctx, {
    which: Prisma.sql`scan_state = 'UNSCANNED' AND ${isDue(ctx)}`,
    limit: oldBatch,
  });
  if (unseen > 0) return unseen;
  // Not `<>`: two ranges can use the index.
  return queueScans(ctx, {
    which: Prisma.sql`scan_state = 'CLEAN' AND (scanned_with < ${version} OR scanned_with > ${version}) AND ${isDue(ctx)}`,
    limit: oldBatch,
  });
}

async function queueScans(
  ctx: ScanQueueContext,
  { which, limit }: { which: Prisma.Sql; limit: number },
): Promise<number> {
  const nextDueAt = new Date(ctx.now().getTime() + patienceSeconds * 1000);
  return ctx.db.prisma.$transaction(async (tx) => {
    const resumes = await tx.$queryRaw<{ id: string }[]>`
      UPDATE resumes SET scan_due_at = ${nextDueAt}
      WHERE id IN (SELECT id FROM resumes WHERE ${which} LIMIT ${limit} FOR UPDATE SKIP LOCKED) RETURNING id`;
    if (resumes.length > 0) {
      const jobs = resumes.map(({ id }) => ({ data: { resumeId: id } }));
      await tx.$executeRaw(toSql(await ctx.queue.jobInsert("resume.scan", jobs)));
    }
    return resumes.length;
  });
}
