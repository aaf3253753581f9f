import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** Mails that have not left, by state; of those that were sent again only the last. */
export async function countWaitingMails(
  ctx: Pick<Context, "db">,
): Promise<{ QUEUED: number; SENDING: number; FAILED: number; SUPPRESSED: number }> {
  const counts = { QUEUED: 0, SENDING: 0, FAILED: 0, SUPPRESSED: 0 };
  // Each state by name: all but the sent ones could only be found by reading the many that were.
  const rows = await queryPreparedRows<{ state: keyof typeof counts; total: number }>(
    ctx.db,
    Prisma.sql`SELECT state, count(*)::int AS total FROM outbox_mails m
      WHERE state IN ('QUEUED', 'SENDING', 'FAILED', 'SUPPRESSED')
        AND NOT EXISTS (SELECT FROM outbox_mails again WHERE again.resends_id = m.id) GROUP BY state`,
  );
  for (const { state, total } of rows) counts[state] = total;
  return counts;
}
