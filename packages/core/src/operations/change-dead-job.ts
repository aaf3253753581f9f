import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { toSql } from "../sql";

/** Tries a dead job again or gives it up, with the event that tells who decided. */
export async function changeDeadJob(
  ctx: PersonContext,
  job: { id: string; isRetry: boolean },
): Promise<void> {
  const change = toSql(ctx.queue.deadJobChange(job));
  const type = job.isRetry ? "job.retried" : "job.discarded";
  const event = eventInsert(ctx, { type, data: { jobId: job.id } }, Prisma.sql`FROM changed`);
  const changed = await ctx.db.prisma.$executeRaw`WITH changed AS (${change}) ${event.sql}`;
  if (changed === 0)
    throw new AppError(
      "NOT_FOUND",
      "This job no longer waits for a decision: somebody else made it, or it ran.",
    );
}
