import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows, queryRows } from "../sql";
import { type LeadRow, leadColumns, leadTables, toLead } from "./lead-row";
import { decodeCursor, encodeCursor, type ListCursor } from "./list-cursor";
import { filterConditions, hasKeptTotal, hasSteadyPlan } from "./list-filters";
import type { Lead, LeadPage, LeadSort, LeadTotals, ListLeads } from "./schema";

const maxCounted = 1000;

interface SortKey {
  columns: Prisma.Sql[];
  casts: Prisma.Sql[];
  valuesOf(lead: Lead): string[];
}

const timestamp = Prisma.sql`::timestamptz`;
const plainText = Prisma.sql`::text`;

const sortKeys: Record<LeadSort, SortKey> = {
  createdAt: {
    columns: [Prisma.sql`l.created_at`],
    casts: [timestamp],
    valuesOf: (lead) => [lead.createdAt],
  },
  updatedAt: {
    columns: [Prisma.sql`l.updated_at`],
    casts: [timestamp],
    valuesOf: (lead) => [lead.updatedAt],
  },
  lastName: { columns: [Prisma.sql`l.last_name`], casts: [plainText], valuesOf: (lead) => [lead.lastName] },
  firstName: {
    columns: [Prisma.sql`l.first_name`],
    casts: [plainText],
    valuesOf: (lead) => [lead.firstName],
  },
  email: { columns: [Prisma.sql`l.email`], casts: [plainText], valuesOf: (lead) => [lead.email] },
  status: {
    columns: [Prisma.sql`l.status`, Prisma.sql`l.created_at`],
    casts: [Prisma.sql`::lead_status`, timestamp],
    valuesOf: (lead) => [lead.status, lead.createdAt],
  },
};

/**
 * One page of leads (PRD 2.3) by keyset: as fast at row 500,000 as at row 1, and a lead that arrives meanwhile neither repeats nor
 * hides another (detail 4.37). Throws BAD_REQUEST for a cursor that does not belong to this sort.
 */
export async function listLeads(ctx: Pick<Context, "db">, input: ListLeads): Promise<LeadPage> {
  const cursor = input.cursor ? decodeCursor(input.cursor, input) : null;
  const conditions = filterConditions(input);
  const backwards = cursor?.direction === "prev";
  const query = hasSteadyPlan(input) ? queryPreparedRows : queryRows;
  const rows = await query<LeadRow & { total: string }>(ctx.db, pageQuery(input, conditions, cursor));

  const hasMore = rows.length > input.limit;
  const leads = rows.slice(0, input.limit).map(toLead);
  if (backwards) leads.reverse();
  const total = rows[0] ? Number(rows[0].total) : await countLeads(ctx, input, conditions);
  const isCapped = !hasKeptTotal(input) && total > maxCounted;
  const cursorAt = (lead: Lead | undefined, direction: ListCursor["direction"]) =>
    lead
      ? encodeCursor({
          sort: input.sort,
          order: input.order,
          direction,
          key: sortKeys[input.sort].valuesOf(lead),
          id: lead.id,
        })
      : null;
  return {
    items: leads,
    nextCursor: hasMore || backwards ? cursorAt(leads.at(-1), "next") : null,
    prevCursor: (backwards ? hasMore : cursor !== null) ? cursorAt(leads[0], "prev") : null,
    total: isCapped ? maxCounted : total,
    totalIsExact: !isCapped,
  };
}

/** Leads per status over everything, from the kept totals. */
export async function countByStatus(ctx: Pick<Context, "db">): Promise<LeadTotals> {
  const rows = await queryRows<{ status: keyof LeadTotals; total: string }>(
    ctx.db,
    Prisma.sql`SELECT status, sum(total) AS total FROM lead_counts GROUP BY status`,
  );
  const totals: LeadTotals = { PENDING: 0, REACHED_OUT: 0 };
  for (const row of rows) totals[row.status] = Number(row.total);
  return totals;
}

function pageQuery(input: ListLeads, filters: Prisma.Sql[], cursor: ListCursor | null): Prisma.Sql {
  const key = sortKeys[input.sort];
  const isDescending = (input.order === "desc") !== (cursor?.direction === "prev");
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const columns = [...key.columns, Prisma.sql`l.id`];
  const conditions = cursor
    ? [...filters, afterKey(cursor, { columns, casts: key.casts, isDescending })]
    : filters;
  // Written out, because a plan made for any limit would not trust the index. One row more tells whether there is a next page.
  const rowLimit = Prisma.raw(String(Math.trunc(input.limit) + 1));
  return Prisma.sql`SELECT ${leadColumns}, (${totalQuery(input, filters)}) AS total FROM ${leadTables} ${where(conditions)}
    ORDER BY ${Prisma.join(columns.map((column) => Prisma.sql`${column} ${direction}`))} LIMIT ${rowLimit}`;
}

function afterKey(
  cursor: ListCursor,
  { columns, casts, isDescending }: { columns: Prisma.Sql[]; casts: Prisma.Sql[]; isDescending: boolean },
): Prisma.Sql {
  const values = casts.map((cast, index) => Prisma.sql`${cursor.key[index]}${cast}`);
  const place = Prisma.join([...values, Prisma.sql`${cursor.id}::uuid`]);
  return Prisma.sql`(${Prisma.join(columns)}) ${isDescending ? Prisma.sql`<` : Prisma.sql`>`} (${place})`;
}

function totalQuery(input: ListLeads, filters: Prisma.Sql[]): Prisma.Sql {
  if (hasKeptTotal(input)) {
    const status = input.status ? Prisma.sql`WHERE status = ${input.status}::lead_status` : Prisma.empty;
    return Prisma.sql`SELECT coalesce(sum(total), 0) FROM lead_counts ${status}`;
  }
  return Prisma.sql`SELECT count(*) FROM (SELECT 1 FROM leads l ${where(filters)} LIMIT ${maxCounted + 1}) AS matches`;
}

async function countLeads(
  ctx: Pick<Context, "db">,
  input: ListLeads,
  filters: Prisma.Sql[],
): Promise<number> {
  const rows = await queryRows<{ total: string }>(
    ctx.db,
    Prisma.sql`SELECT (${totalQuery(input, filters)}) AS total`,
  );
  return Number(rows[0]?.total ?? 0);
}

function where(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
}
