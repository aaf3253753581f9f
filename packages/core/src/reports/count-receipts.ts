import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryRows } from "../sql";
import { type Calendar, cuts, onDays } from "./calendar";

/** Receipts of the leads that arrived in a stretch of time which did not leave, or not yet. */
export interface OpenReceipts {
  suppressed: number;
  failed: number;
  waiting: number;
}

const none: OpenReceipts = { suppressed: 0, failed: 0, waiting: 0 };

/**
 * Receipts that were not taken by the mail provider, by day. Every lead has exactly one receipt made with it, so the rest of a day's
 * leads are those that were: the many that left need not be counted. One that was sent again counts as what became of that.
 */
export async function countOpenReceipts(
  ctx: Pick<Context, "db">,
  calendar: Calendar,
): Promise<{ now: OpenReceipts[]; before: OpenReceipts[] }> {
  const moments = cuts(calendar);
  const inTime = Prisma.sql`kind = 'LEAD_RECEIPT' AND resends_id IS NULL AND created_at >= ${moments[0]} AND created_at <= ${calendar.now}`;
  const rows = await queryRows<OpenReceipts & { bucket: number }>(
    ctx.db,
    Prisma.sql`SELECT width_bucket(created_at, ${moments}::timestamptz[]) AS bucket,
        count(*) FILTER (WHERE state = 'SUPPRESSED')::int AS suppressed, count(*) FILTER (WHERE state = 'FAILED')::int AS failed,
        count(*) FILTER (WHERE state IN ('QUEUED', 'SENDING'))::int AS waiting
      FROM (
        SELECT created_at, (SELECT newest.state FROM outbox_mails newest
            WHERE newest.lead_id = made.lead_id AND newest.kind = 'LEAD_RECEIPT' ORDER BY newest.id DESC LIMIT 1) AS state
          FROM outbox_mails made WHERE ${inTime} AND state IN ('SUPPRESSED', 'FAILED')
        UNION ALL SELECT created_at, state FROM outbox_mails WHERE ${inTime} AND state IN ('QUEUED', 'SENDING')
      ) AS open GROUP BY 1`,
  );
  return onDays(calendar, { rows, none });
}

/** The sum of several days. */
export function sumReceipts(days: readonly OpenReceipts[]): OpenReceipts {
  return days.reduce(
    (sum, day) => ({
      suppressed: sum.suppressed + day.suppressed,
      failed: sum.failed + day.failed,
      waiting: sum.waiting + day.waiting,
    }),
    none,
  );
}
