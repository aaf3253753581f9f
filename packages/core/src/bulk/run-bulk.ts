import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { readOfficeRules } from "../office/read-office-rules";
import { toSql } from "../sql";
import { takeStep } from "./take-step";

/** Steps of one job: some seconds of work, so that others get their turn and no job outlives its time (120 s). */
const stepsPerJob = 200;
/** An action that nobody has worked on for so long, in seconds, has lost its job. */
const abandonedSeconds = 60;
/** Hours after which what is kept to take a change back goes; the audit keeps what was done. */
const keepHours = 24;
const removedAtOnce = 50_000;

/** Changes the leads of an action, step by step, until all have had their turn; a long one goes on in a job of its own. */
export async function runBulk(ctx: Context, { bulkId }: { bulkId: string }): Promise<void> {
  const { hours } = await readOfficeRules(ctx);
  for (let step = 0; step < stepsPerJob; step += 1) {
    const changed = await takeStep(ctx, { bulkId, hours });
    if (changed === null) return;
    for (const leadId of changed) ctx.live.tell({ leadId, kind: "changed" });
  }
  await ctx.db.prisma.$executeRaw(
    toSql(await ctx.queue.jobInsert("leads.change-many", [{ data: { bulkId } }])),
  );
}

/** Gives every abandoned action a new job, and removes what is kept of those that can no longer be taken back. */
export async function sweepBulk(ctx: Context): Promise<void> {
  const at = ctx.now();
  const before = (seconds: number) => new Date(at.getTime() - seconds * 1000);
  await ctx.db.prisma.$transaction(async (tx) => {
    const abandoned = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`UPDATE bulk_actions SET worked_at = ${at}
        WHERE finished_at IS NULL AND worked_at < ${before(abandonedSeconds)} RETURNING id`,
    );
    if (abandoned.length === 0) return;
    const jobs = abandoned.map(({ id }) => ({ data: { bulkId: id } }));
    await tx.$executeRaw(toSql(await ctx.queue.jobInsert("leads.change-many", jobs)));
    ctx.log.warn({ actions: abandoned.length }, "abandoned changes of many leads queued again");
  });
  await ctx.db.prisma.$executeRaw(
    Prisma.sql`DELETE FROM bulk_changes WHERE (bulk_id, lead_id) IN (
      SELECT c.bulk_id, c.lead_id FROM bulk_actions a JOIN bulk_changes c ON c.bulk_id = a.id
      WHERE a.finished_at < ${before(keepHours * 3600)} LIMIT ${removedAtOnce})`,
  );
}
