import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { queryPreparedRows } from "../sql";
import type { MarkLeads } from "./schema";

/** Marks leads read or unread for the caller alone; leads that do not exist are passed over. */
export async function markLeads(ctx: PersonContext, { leadIds, isRead }: MarkLeads): Promise<void> {
  // In the order of their ids, so that two tabs marking at once cannot block each other.
  const wanted = [...new Set(leadIds)].sort();
  await queryPreparedRows(
    ctx.db,
    Prisma.sql`INSERT INTO lead_reads (user_id, lead_id, is_read, at)
      SELECT ${ctx.actor.user.id}::uuid, l.id, ${isRead}, ${ctx.now()}::timestamptz FROM leads l WHERE l.id = ANY(${wanted}::uuid[]) ORDER BY l.id
      ON CONFLICT (user_id, lead_id) DO UPDATE SET is_read = excluded.is_read, at = excluded.at
        WHERE lead_reads.is_read <> excluded.is_read`,
  );
}
