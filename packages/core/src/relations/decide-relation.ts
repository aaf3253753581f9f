import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { getLead } from "../leads/get-lead";
import type { Lead } from "../leads/schema";
import { queryRows } from "../sql";
import type { DecideRelation } from "./schema";

/**
 * Says that two leads are from one person, or that they are not, or takes that back; both leads remember it. Deciding the same again
 * changes nothing. Throws NOT_FOUND, or UNPROCESSABLE_CONTENT for a lead and itself.
 */
export async function decideRelation(ctx: StaffContext, input: DecideRelation): Promise<void> {
  if (input.leadId === input.otherId)
    throw new AppError("UNPROCESSABLE_CONTENT", "Choose another lead than this one.");
  const [lead, other] = await Promise.all([getLead(ctx, input.leadId), getLead(ctx, input.otherId)]);
  const [earlier, later] = inOrder(lead, other);
  const { kind } = input;
  const change =
    kind === null
      ? Prisma.sql`DELETE FROM lead_relations WHERE earlier_id = ${earlier.id}::uuid AND later_id = ${later.id}::uuid RETURNING kind`
      : Prisma.sql`INSERT INTO lead_relations AS r (earlier_id, later_id, kind, decided_by_id, created_at)
          VALUES (${earlier.id}::uuid, ${later.id}::uuid, ${kind}::relation_kind, ${ctx.actor.user.id}::uuid, ${ctx.now()}::timestamptz)
          ON CONFLICT (earlier_id, later_id) DO UPDATE SET kind = excluded.kind, decided_by_id = excluded.decided_by_id, created_at = excluded.created_at
          WHERE r.kind <> excluded.kind RETURNING kind`;
  const source = Prisma.sql`FROM changed`;
  const eventOf = (leadId: string, otherId: string) =>
    kind === null
      ? eventInsert(ctx, { type: "lead.unrelated", leadId, data: { otherId } }, source).sql
      : eventInsert(ctx, { type: "lead.related", leadId, data: { otherId, kind } }, source).sql;
  const changed = await queryRows<{ kind: string }>(
    ctx.db,
    Prisma.sql`WITH changed AS (${change}), earlier AS (${eventOf(earlier.id, later.id)}), later AS (${eventOf(later.id, earlier.id)})
      SELECT kind FROM changed`,
  );
  if (changed.length === 0) return;
  ctx.live.tell({ leadId: earlier.id, kind: "changed" });
  ctx.live.tell({ leadId: later.id, kind: "changed" });
}

/** The one that came first stands first, so that each pair has one row. */
function inOrder(left: Lead, right: Lead): [Lead, Lead] {
  const isLeftFirst =
    left.createdAt === right.createdAt ? left.id < right.id : left.createdAt < right.createdAt;
  return isLeftFirst ? [left, right] : [right, left];
}
