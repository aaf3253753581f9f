import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { type LeadRow, leadColumns, leadTables, toLead } from "./lead-row";
import type { Lead } from "./schema";

/** The lead with its newest resume, or null. */
export async function findLead(ctx: Pick<Context, "db">, leadId: string): Promise<Lead | null> {
  const rows = await queryPreparedRows<LeadRow>(
    ctx.db,
    Prisma.sql`SELECT ${leadColumns} FROM ${leadTables} WHERE l.id = ${leadId}::uuid`,
  );
  return rows[0] ? toLead(rows[0]) : null;
}

/** The lead with its newest resume. Throws NOT_FOUND, with the same words for deleted and for never there (detail 4.52). */
export async function getLead(ctx: Pick<Context, "db">, leadId: string): Promise<Lead> {
  const lead = await findLead(ctx, leadId);
  if (!lead) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  return lead;
}
