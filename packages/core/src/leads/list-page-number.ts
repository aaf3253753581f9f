import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows, queryRows } from "../sql";
import { type LeadRow, leadColumns, leadTablesOf, toLead } from "./lead-row";
import type { ListCursor } from "./list-cursor";
import { hasKeptTotal } from "./list-filters";
import { maxCounted, type Question, where } from "./list-question";
import { listOrder, sortKeys } from "./list-sort";
import type { ListLeads } from "./schema";

/** Where a page by number starts; without a cursor it is the first. */
export interface NumberedPage {
  page: number;
  cursor: ListCursor | null;
}

/** Whether every page of a list can be asked for by its number: totals by the day of arrival lead to it. */
function reachesAll(input: ListLeads): boolean {
  return input.sort === "createdAt" && hasKeptTotal(input);
}

/** The last page that can be asked for by its number. Without totals by the day that is among the first 1,000 leads. */
export function lastPageOf(input: ListLeads, total: number): number {
  const reached = reachesAll(input) ? total : Math.min(total, maxCounted);
  return Math.max(1, Math.ceil(reached / input.limit));
}

/** Finds the row before a page by number. A number past the end is the last page (detail 4.36). */
export async function findNumberedPage(
  ctx: Pick<Context, "db">,
  { input, question, page }: { input: ListLeads; question: Question; page: number },
): Promise<NumberedPage> {
  const firstRow = (page - 1) * input.limit;
  if (firstRow === 0) return { page: 1, cursor: null };
  return reachesAll(input)
    ? findByDays(ctx, input, firstRow)
    : findByWalking(ctx, { input, question, firstRow });
}

async function findByDays(
  ctx: Pick<Context, "db">,
  input: ListLeads,
  firstRow: number,
): Promise<NumberedPage> {
  const { orderBy } = listOrder(input, null);
  const direction = input.order === "desc" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const status = input.status ? Prisma.sql`status = ${input.status}::lead_status` : Prisma.sql`TRUE`;
  const ofStatus = input.status ? Prisma.sql`l.status = ${input.status}::lead_status` : Prisma.sql`TRUE`;
  const [row] = await queryPreparedRows<{ id: string; created_at: Date; first_row: string }>(
    ctx.db,
    Prisma.sql`WITH days AS (
        SELECT day, sum(total)::bigint AS leads, sum(sum(total)) OVER (ORDER BY day ${direction})::bigint AS upto
        FROM lead_day_counts WHERE ${status} GROUP BY day
      ), place AS (
        SELECT least(${firstRow}::bigint, greatest(max(upto) - 1, 0) / ${input.limit}::bigint * ${input.limit}::bigint) AS first_row FROM days
      )
      SELECT before.id, before.created_at, place.first_row
      FROM place JOIN days ON days.upto >= place.first_row AND days.upto - days.leads < place.first_row,
      LATERAL (
        SELECT l.id, l.created_at FROM leads l
        WHERE ${ofStatus} AND l.created_at >= days.day::timestamp AT TIME ZONE 'UTC'
          AND l.created_at < (days.day + 1)::timestamp AT TIME ZONE 'UTC'
        ${orderBy} OFFSET place.first_row - (days.upto - days.leads) - 1 LIMIT 1
      ) AS before`,
  );
  if (!row) return { page: 1, cursor: null };
  const { sort, order } = input;
  const key = [row.created_at.toISOString()];
  return {
    page: Number(row.first_row) / input.limit + 1,
    cursor: { sort, order, direction: "next", key, id: row.id },
  };
}

async function findByWalking(
  ctx: Pick<Context, "db">,
  { input, question, firstRow }: { input: ListLeads; question: Question; firstRow: number },
): Promise<NumberedPage> {
  const [counted] = await queryRows<{ total: string }>(
    ctx.db,
    Prisma.sql`SELECT (${question.total}) AS total`,
  );
  const lastPage = lastPageOf(input, Number(counted?.total ?? 0));
  const page = Math.min(firstRow / input.limit + 1, lastPage);
  if (page === 1) return { page, cursor: null };
  const { orderBy } = listOrder(input, null);
  const offset = Prisma.raw(String((page - 1) * input.limit - 1));
  const [row] = await queryRows<LeadRow>(
    ctx.db,
    Prisma.sql`SELECT ${leadColumns} FROM ${leadTablesOf(Prisma.sql`(
      SELECT l.* FROM ${question.tables} ${where(question.conditions)} ${orderBy} OFFSET ${offset} LIMIT 1
    )`)}`,
  );
  if (!row) return { page: 1, cursor: null };
  const { sort, order } = input;
  return {
    page,
    cursor: { sort, order, direction: "next", key: sortKeys[sort].valuesOf(toLead(row)), id: row.id },
  };
}
