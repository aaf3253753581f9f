import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { queryRows } from "../sql";
import { eventInsert } from "./record-event";

/**
 * Notes that somebody opened the page of a lead, once per visit; the page calls it, so that reads stay reads. Nothing happens for a lead
 * that does not exist.
 */
export async function recordView(ctx: StaffContext, { leadId }: { leadId: string }): Promise<void> {
  const event = { type: "lead.viewed", leadId };
  const exists = Prisma.sql`FROM leads l WHERE l.id = ${leadId}::uuid`;
  await queryRows(ctx.db, eventInsert(ctx, event, exists).sql);
}
