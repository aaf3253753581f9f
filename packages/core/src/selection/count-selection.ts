import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { queryRows } from "../sql";
import type { LeadSelection, SelectionCount } from "./schema";
import { selectionSql } from "./selection-sql";

/** How many leads are chosen at this moment: all of them counted, never "or more" (detail 4.43). */
export async function countSelection(
  ctx: Pick<StaffContext, "db" | "actor" | "now">,
  selection: LeadSelection,
): Promise<SelectionCount> {
  const countedAt = ctx.now();
  const { tables, where } = await selectionSql(ctx, selection, countedAt);
  const rows = await queryRows<{ total: string }>(
    ctx.db,
    Prisma.sql`SELECT count(*) AS total FROM ${tables} ${where}`,
  );
  return { total: Number(rows[0]?.total ?? 0), countedAt: countedAt.toISOString() };
}
