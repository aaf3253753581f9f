import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** How far back an event without a seal is looked for: what is older, the nightly check finds. */
const newestEvents = 500;

/** When the newest seal was set, and since when the oldest of the newest events waits for one. */
export async function readSealing(
  ctx: Pick<Context, "db">,
): Promise<{ sealedAt: Date | null; unsealedSince: Date | null }> {
  const [row] = await queryPreparedRows<{ sealedAt: Date | null; unsealedSince: Date | null }>(
    ctx.db,
    Prisma.sql`SELECT (SELECT sealed_at FROM audit_seals ORDER BY position DESC LIMIT 1) AS "sealedAt",
      (SELECT min(e.created_at) FROM (SELECT id, created_at FROM audit_events ORDER BY created_at DESC, id DESC LIMIT ${newestEvents}) e
        WHERE NOT EXISTS (SELECT FROM audit_seals s WHERE s.event_id = e.id)) AS "unsealedSince"`,
  );
  return row ?? { sealedAt: null, unsealedSince: null };
}
