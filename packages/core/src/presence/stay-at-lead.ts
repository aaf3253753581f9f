import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { queryPreparedRows } from "../sql";
import { findCompany } from "./find-company";
import { type Company, goneSeconds } from "./schema";

/** Says that the caller has a lead open and in view, and hears who else has. Only coming is told to others; staying is not. */
export async function stayAtLead(ctx: PersonContext, { leadId }: { leadId: string }): Promise<Company> {
  const now = ctx.now();
  const goneBefore = new Date(now.getTime() - goneSeconds * 1000);
  const you = ctx.actor.user.id;
  const [came] = await queryPreparedRows<{ was_here: boolean }>(
    ctx.db,
    Prisma.sql`WITH earlier AS (
      SELECT 1 FROM lead_presences WHERE lead_id = ${leadId}::uuid AND user_id = ${you}::uuid AND seen_at > ${goneBefore}
    )
    INSERT INTO lead_presences (lead_id, user_id, seen_at)
    SELECT id, ${you}::uuid, ${now}::timestamptz FROM leads WHERE id = ${leadId}::uuid
    ON CONFLICT (lead_id, user_id) DO UPDATE SET seen_at = excluded.seen_at
    RETURNING EXISTS (SELECT 1 FROM earlier) AS was_here`,
  );
  if (came && !came.was_here) {
    ctx.live.tell({ leadId, kind: "presence" });
    await forgetGone(ctx, goneBefore);
  }
  return findCompany(ctx, { leadId });
}

/** Takes the caller away from a lead at once. */
export async function leaveLead(ctx: PersonContext, { leadId }: { leadId: string }): Promise<void> {
  const { count } = await ctx.db.prisma.leadPresence.deleteMany({
    where: { leadId, userId: ctx.actor.user.id },
  });
  if (count > 0) ctx.live.tell({ leadId, kind: "presence" });
}

/** Whoever closed their laptop leaves a row behind; each newcomer clears some away, past the rows that others clear right now. */
async function forgetGone(ctx: PersonContext, goneBefore: Date): Promise<void> {
  await queryPreparedRows(
    ctx.db,
    Prisma.sql`DELETE FROM lead_presences p USING (
        SELECT lead_id, user_id FROM lead_presences WHERE seen_at <= ${goneBefore} LIMIT 100 FOR UPDATE SKIP LOCKED
      ) gone WHERE p.lead_id = gone.lead_id AND p.user_id = gone.user_id`,
  );
}
