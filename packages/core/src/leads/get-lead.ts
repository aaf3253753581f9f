import { type Database, Prisma } from "@intake/db/database";
import DataLoader from "dataloader";
import type { Context } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { type LeadRow, leadColumns, leadTables, toLead } from "./lead-row";
import type { Lead } from "./schema";

const loaders = new WeakMap<Database["pool"], DataLoader<string, Lead | null>>();

/**
 * The lead with its newest resume, or null. Calls of one turn of the event loop share one query; nothing is remembered, and the query
 * starts after the call came in.
 */
export function findLead(ctx: Pick<Context, "db">, leadId: string): Promise<Lead | null> {
  let loader = loaders.get(ctx.db.pool);
  if (!loader) {
    loader = new DataLoader((ids) => findLeads(ctx.db, ids), {
      cache: false,
      maxBatchSize: 100,
      batchScheduleFn: (dispatch) => setImmediate(dispatch),
    });
    loaders.set(ctx.db.pool, loader);
  }
  return loader.load(leadId);
}

async function findLeads(db: Database, ids: readonly string[]): Promise<(Lead | null)[]> {
  const rows = await queryPreparedRows<LeadRow>(
    db,
    Prisma.sql`SELECT ${leadColumns} FROM ${leadTables} WHERE l.id = ANY(${[...new Set(ids)]}::uuid[])`,
  );
  const found = new Map(rows.map((row) => [row.id, toLead(row)]));
  return ids.map((id) => found.get(id.toLowerCase()) ?? null);
}

/** The lead with its newest resume. Throws NOT_FOUND, with the same words for deleted and for never there (detail 4.52). */
export async function getLead(ctx: Pick<Context, "db">, leadId: string): Promise<Lead> {
  const lead = await findLead(ctx, leadId);
  if (!lead) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  return lead;
}
