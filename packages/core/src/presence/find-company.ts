import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { queryPreparedRows } from "../sql";
import { findClaim } from "./find-claim";
import { type Company, goneSeconds } from "./schema";

/** Who else is in front of a lead right now, and who holds it; nobody for a lead that does not exist. */
export async function findCompany(ctx: PersonContext, { leadId }: { leadId: string }): Promise<Company> {
  const now = ctx.now().getTime();
  const [people, claim] = await Promise.all([
    queryPreparedRows<{ id: string; name: string; seen_at: Date }>(
      ctx.db,
      Prisma.sql`SELECT u.id, u.name, p.seen_at FROM lead_presences p JOIN users u ON u.id = p.user_id
        WHERE p.lead_id = ${leadId}::uuid AND p.user_id <> ${ctx.actor.user.id}::uuid
          AND p.seen_at > ${new Date(now - goneSeconds * 1000)} AND u.disabled_at IS NULL
        ORDER BY u.name, u.id`,
    ),
    findClaim(ctx, { leadId }),
  ]);
  const secondsLeft = (seenAt: Date) => goneSeconds - (now - seenAt.getTime()) / 1000;
  return {
    people: people.map(({ id, name, seen_at }) => ({ id, name, goneInSeconds: secondsLeft(seen_at) })),
    claim,
  };
}
