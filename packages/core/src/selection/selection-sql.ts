import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { type MatchingLeads, matchingLeads } from "../leads/matching-leads";
import type { LeadSelection } from "./schema";

/** What is chosen, as SQL about `leads l` with `resumes r` and the assignee `a` beside it. */
interface SelectionSql extends MatchingLeads {
  where: Prisma.Sql;
}

/**
 * The one place that knows which leads a selection means: those of the list with the same filters, as the list finds them. With
 * `arrivedBy` only leads that had arrived then. Throws FORBIDDEN as the list does.
 */
export async function selectionSql(
  ctx: Pick<StaffContext, "db" | "actor" | "now">,
  selection: LeadSelection,
  arrivedBy?: Date,
): Promise<SelectionSql> {
  const isByIds = selection.kind === "ids";
  const matching = await matchingLeads(ctx, isByIds ? { ids: selection.ids } : { query: selection.query });
  if (isByIds) return { ...matching, where: Prisma.empty };
  const { except } = selection;
  const conditions = [
    ...(except.length > 0 ? [Prisma.sql`l.id <> ALL(${except}::uuid[])`] : []),
    ...(arrivedBy ? [Prisma.sql`l.created_at <= ${arrivedBy}`] : []),
  ];
  return {
    ...matching,
    where: conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty,
  };
}
