import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { queryPreparedRows } from "../sql";
import type { Claim } from "./schema";

/** Who holds a lead right now, or null. */
export async function findClaim(ctx: PersonContext, { leadId }: { leadId: string }): Promise<Claim | null> {
  const [row] = await queryPreparedRows<{ id: string; name: string; expires_at: Date }>(
    ctx.db,
    Prisma.sql`SELECT u.id, u.name, c.expires_at FROM lead_claims c JOIN users u ON u.id = c.user_id
      WHERE c.lead_id = ${leadId}::uuid AND c.expires_at > ${ctx.now()} AND u.disabled_at IS NULL`,
  );
  if (!row) return null;
  const { id, name, expires_at } = row;
  return { holder: { id, name }, isYours: id === ctx.actor.user.id, expiresAt: expires_at.toISOString() };
}
