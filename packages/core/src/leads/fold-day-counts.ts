import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryRows } from "../sql";

const foldedAfterHours = 48;

/**
 * Brings the shards of past days together: shards keep submissions from waiting for each other, which nobody does there any more, and
 * pages by number sum all of them. Rows are locked in the order in which the triggers take them, so that nobody waits in a circle.
 */
export async function foldDayCounts(ctx: Pick<Context, "db" | "now">): Promise<void> {
  const before = new Date(ctx.now().getTime() - foldedAfterHours * 60 * 60 * 1000);
  await queryRows(
    ctx.db,
    Prisma.sql`WITH locked AS (
        SELECT status, day, shard FROM lead_day_counts WHERE day < (${before} AT TIME ZONE 'UTC')::date AND shard <> 0
        ORDER BY status, day, shard FOR UPDATE
      ), scattered AS (
        DELETE FROM lead_day_counts d USING locked l
        WHERE d.status = l.status AND d.day = l.day AND d.shard = l.shard RETURNING d.status, d.day, d.total
      )
      INSERT INTO lead_day_counts AS c (status, day, shard, total)
      SELECT status, day, 0, sum(total) FROM scattered GROUP BY status, day ORDER BY status, day
      ON CONFLICT (status, day, shard) DO UPDATE SET total = c.total + excluded.total`,
  );
}
