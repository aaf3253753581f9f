import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { findClaim } from "./find-claim";
import { type Claim, claimMinutes } from "./schema";

/**
 * Holds a lead for 15 minutes, again and again if it is one's own; of two at the same moment one wins, and both get the winner's claim.
 * A claim warns others and blocks nobody. Throws NOT_FOUND.
 */
export async function claimLead(ctx: PersonContext, { leadId }: { leadId: string }): Promise<Claim> {
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + claimMinutes * 60_000);
  const you = ctx.actor.user.id;
  // Holding on is no news: only a claim that somebody did not have before is an event.
  const event = eventInsert(
    ctx,
    { type: "lead.claimed", leadId },
    Prisma.sql`FROM taken WHERE NOT EXISTS (SELECT 1 FROM held)`,
  );
  const taken = await queryPreparedRows(
    ctx.db,
    Prisma.sql`WITH held AS (
      SELECT 1 FROM lead_claims WHERE lead_id = ${leadId}::uuid AND user_id = ${you}::uuid AND expires_at > ${now}
    ), taken AS (
      INSERT INTO lead_claims AS c (lead_id, user_id, expires_at)
      SELECT id, ${you}::uuid, ${expiresAt}::timestamptz FROM leads WHERE id = ${leadId}::uuid
      ON CONFLICT (lead_id) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at
        WHERE c.user_id = excluded.user_id OR c.expires_at <= ${now}
          OR EXISTS (SELECT 1 FROM users u WHERE u.id = c.user_id AND u.disabled_at IS NOT NULL)
      RETURNING lead_id
    ), event AS (${event.sql})
    SELECT lead_id FROM taken`,
  );
  if (taken.length > 0) ctx.live.tell({ leadId, kind: "claim" });
  const claim = await findClaim(ctx, { leadId });
  if (!claim) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  return claim;
}
