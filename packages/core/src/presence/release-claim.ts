import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { queryPreparedRows } from "../sql";

/** Lets go of a lead one holds; nothing happens when somebody else holds it, or nobody. */
export async function releaseClaim(ctx: PersonContext, { leadId }: { leadId: string }): Promise<void> {
  const event = eventInsert(
    ctx,
    { type: "lead.released", leadId },
    Prisma.sql`FROM ended WHERE expires_at > ${ctx.now()}`,
  );
  const ended = await queryPreparedRows(
    ctx.db,
    Prisma.sql`WITH ended AS (
      DELETE FROM lead_claims WHERE lead_id = ${leadId}::uuid AND user_id = ${ctx.actor.user.id}::uuid RETURNING expires_at
    ), event AS (${event.sql})
    SELECT 1 FROM ended`,
  );
  if (ended.length > 0) ctx.live.tell({ leadId, kind: "claim" });
}
