import { Prisma } from "@intake/db/database";
import type { Context, StaffContext } from "../context";
import { shareRead } from "../share-read";
import { queryPreparedRows, queryRows } from "../sql";
import { findExcerpts } from "./find-excerpt";
import { type LeadRow, leadColumns, leadTablesOf, toLead } from "./lead-row";
import { decodeCursor, encodeCursor, type ListCursor } from "./list-cursor";
import { isUnreadBy, receiptState } from "./list-facets";
import { hasSteadyPlan } from "./list-filters";
import { findNumberedPage, lastPageOf } from "./list-page-number";
import { maxCounted, type Question, readQuestion, where } from "./list-question";
import { listOrder, sortKeys } from "./list-sort";
import type { LeadItem, LeadPage, LeadTotals, ListLeads, MailState } from "./schema";

type ListContext = Pick<StaffContext, "db" | "actor" | "now">;

interface Count {
  total: string;
  sees_all: boolean;
}

const nothing: Count = { total: "0", sees_all: false };

interface ListRow extends LeadRow, Count {
  is_unread: boolean;
  receipt_state: MailState | null;
  is_in_person: boolean;
}

/**
 * One page of leads (PRD 2.3) by keyset: as fast at row 500,000 as at row 1, and a lead that arrives meanwhile neither repeats nor
 * hides another (detail 4.37). Throws BAD_REQUEST for a cursor that does not belong to this sort, FORBIDDEN for a search in resumes
 * by who may not read them.
 */
export function listLeads(ctx: ListContext, input: ListLeads): Promise<LeadPage> {
  const { id, role, seesResumes } = ctx.actor.user;
  const key = JSON.stringify(["leads.list", id, role, seesResumes, input]);
  return shareRead(ctx.db, key, () => readPage(ctx, input));
}

async function readPage(ctx: ListContext, input: ListLeads): Promise<LeadPage> {
  const given = input.cursor ? decodeCursor(input.cursor, input) : null;
  const question = await readQuestion(ctx, input);
  const numbered = given ? null : await findNumberedPage(ctx, { input, question, page: input.page ?? 1 });
  const cursor = given ?? numbered?.cursor ?? null;
  const backwards = cursor?.direction === "prev";
  const query = hasSteadyPlan(input) ? queryPreparedRows : queryRows;
  const rows = await query<ListRow>(ctx.db, pageQuery(ctx, { input, question, cursor }));

  const hasMore = rows.length > input.limit;
  const shown = rows.slice(0, input.limit);
  if (backwards) shown.reverse();
  const items = await toItems(ctx, question, shown);
  const count = rows[0] ?? (cursor ? await countMatches(ctx, question) : nothing);
  const counted = Number(count.total);
  const isOnlyPage = cursor === null && !hasMore;
  const isCounted =
    question.count === "kept" || (counted <= maxCounted && (question.count === "whole" || count.sees_all));
  const cursorAt = (lead: LeadItem | undefined, direction: ListCursor["direction"]) => {
    if (!lead) return null;
    const { sort, order } = input;
    return encodeCursor({ sort, order, direction, key: sortKeys[sort].valuesOf(lead), id: lead.id });
  };
  // Of common words only some candidates were counted; what is on the page is certain.
  const total = isCounted ? counted : Math.max(Math.min(counted, maxCounted), items.length);
  return {
    items,
    nextCursor: hasMore || backwards ? cursorAt(items.at(-1), "next") : null,
    prevCursor: (backwards ? hasMore : cursor !== null) ? cursorAt(items[0], "prev") : null,
    total,
    totalIsExact: isCounted || isOnlyPage,
    page: numbered?.page ?? null,
    lastPage: lastPageOf(input, total),
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

function pageQuery(
  ctx: ListContext,
  { input, question, cursor }: { input: ListLeads; question: Question; cursor: ListCursor | null },
): Prisma.Sql {
  const { orderBy, afterCursor } = listOrder(input, cursor);
  // Written out, because a plan made for any limit would not trust the index. One row more tells whether there is a next page.
  const rowLimit = Prisma.raw(String(Math.trunc(input.limit) + 1));
  const { tables, conditions, isFew, mayBeMany } = question;
  const matches = Prisma.sql`SELECT l.* FROM ${tables} ${where(isFew ? conditions : [...conditions, ...afterCursor])}`;
  // First the leads of the page, then what belongs to them: sorted matches of a search would each be joined to all of it.
  const pageOfLeads = isFew
    ? Prisma.sql`(SELECT * FROM matches l ${where(afterCursor)} ${orderBy} LIMIT ${rowLimit})`
    : mayBeMany
      ? nearestFirst({ matches, conditions, afterCursor, orderBy, rowLimit })
      : Prisma.sql`(${matches} ${orderBy} LIMIT ${rowLimit})`;
  const total = isFew ? Prisma.sql`SELECT count(*) FROM matches` : question.total;
  return Prisma.sql`${isFew ? Prisma.sql`WITH matches AS MATERIALIZED (${matches})` : Prisma.empty}
    SELECT ${leadColumns}, ${receiptState} AS receipt_state, ${isUnreadBy(ctx.actor.user.id)} AS is_unread,
      ${question.isInPerson} AS is_in_person, (${total}) AS total, ${question.seesAll} AS sees_all
    FROM ${leadTablesOf(pageOfLeads)} ${orderBy}`;
}

/** Leads of the list that are looked through in its order before all matches are fetched and sorted. */
const nearby = Prisma.raw("5000");

/**
 * The first matches of a list, from the leads at its beginning if these hold enough of them. Conditions are on `leads l` alone. PostgreSQL
 * does not begin with what is behind a condition that is false.
 */
function nearestFirst(part: {
  matches: Prisma.Sql;
  conditions: Prisma.Sql[];
  afterCursor: Prisma.Sql[];
  orderBy: Prisma.Sql;
  rowLimit: Prisma.Sql;
}): Prisma.Sql {
  const { matches, conditions, afterCursor, orderBy, rowLimit } = part;
  const near = Prisma.sql`SELECT l.* FROM leads l ${where(afterCursor)} ${orderBy} LIMIT ${nearby}`;
  return Prisma.sql`(WITH near AS MATERIALIZED (SELECT * FROM (${near}) l ${where(conditions)} ${orderBy} LIMIT ${rowLimit})
    SELECT * FROM near WHERE (SELECT count(*) FROM near) = ${rowLimit}
    UNION ALL (${matches} AND (SELECT count(*) FROM near) < ${rowLimit} ${orderBy} LIMIT ${rowLimit}))`;
}

/** The rows as they are shown; those that were found by their resume say where. */
async function toItems(
  ctx: Pick<Context, "db">,
  { search: { terms } }: Question,
  rows: ListRow[],
): Promise<LeadItem[]> {
  const resumeIds = rows.filter((row) => !row.is_in_person).map((row) => row.resume_id);
  const excerpts = await findExcerpts(ctx, { resumeIds, terms });
  return rows.map((row) => ({
    ...toLead(row),
    isUnread: row.is_unread,
    receiptState: row.receipt_state,
    excerpt: excerpts.get(row.resume_id),
  }));
}

async function countMatches(ctx: Pick<Context, "db">, { total, seesAll }: Question): Promise<Count> {
  const rows = await queryRows<Count>(ctx.db, Prisma.sql`SELECT (${total}) AS total, ${seesAll} AS sees_all`);
  return rows[0] ?? nothing;
}
