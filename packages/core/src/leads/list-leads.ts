import { Prisma } from "@intake/db/database";
import { can, explainDenial } from "../auth/policy";
import type { Context, StaffContext } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows, queryRows } from "../sql";
import { findExcerpts } from "./find-excerpt";
import { type LeadRow, leadColumns, toLead } from "./lead-row";
import { decodeCursor, encodeCursor, type ListCursor } from "./list-cursor";
import { filterConditions, hasKeptTotal, hasSteadyPlan } from "./list-filters";
import { inPerson, looksInResumes, personSql, resumeSql, type SearchSql } from "./list-search";
import type { Lead, LeadPage, LeadSort, LeadTotals, ListLeads, SearchArea } from "./schema";
import { type Candidates, findCandidates } from "./search-candidates";
import { readTerms } from "./search-terms";

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

interface Question {
  input: ListLeads;
  sql: SearchSql;
  /** Leads among which all matches are, or some of them; null when the question itself leads to them. */
  candidates: Candidates | null;
}

type ListRow = LeadRow & { is_in_person: boolean; total: string };

/**
 * One page of leads (PRD 2.3) by keyset: as fast at row 500,000 as at row 1, and a lead that arrives meanwhile neither repeats nor
 * hides another (detail 4.37). Throws BAD_REQUEST for a cursor that does not belong to this sort, FORBIDDEN for a search in resumes
 * by who may not read them.
 */
export async function listLeads(
  ctx: Pick<StaffContext, "db" | "actor">,
  input: ListLeads,
): Promise<LeadPage> {
  const cursor = input.cursor ? decodeCursor(input.cursor, input) : null;
  const search = { terms: readTerms(input.q ?? ""), area: allowedArea(ctx, input) };
  const candidates = looksInResumes(search) ? await findCandidates(ctx, search) : null;
  const sql = candidates ? resumeSql(search) : personSql(search);
  const question = {
    input,
    candidates,
    sql: {
      ...sql,
      conditions: [
        ...filterConditions(input),
        ...sql.conditions,
        ...(candidates?.inPersonOnly ?? []).map(inPerson),
      ],
    },
  };
  const backwards = cursor?.direction === "prev";
  const query = hasSteadyPlan(input) ? queryPreparedRows : queryRows;
  const rows = await query<ListRow>(ctx.db, pageQuery(question, cursor));

  const hasMore = rows.length > input.limit;
  const shown = rows.slice(0, input.limit);
  if (backwards) shown.reverse();
  const leads = shown.map(toLead);
  const resumeIds = shown.filter((row) => !row.is_in_person).map((row) => row.resume_id);
  const excerpts = await findExcerpts(ctx, { resumeIds, terms: search.terms });
  const counted = rows[0] ? Number(rows[0].total) : await countLeads(ctx, question);
  const isOnlyPage = cursor === null && !hasMore;
  const isCounted = hasKeptTotal(input) || (counted <= maxCounted && candidates?.isWhole !== false);
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
    items: leads.map((lead) => ({ ...lead, excerpt: excerpts.get(lead.resume.id) })),
    nextCursor: hasMore || backwards ? cursorAt(leads.at(-1), "next") : null,
    prevCursor: (backwards ? hasMore : cursor !== null) ? cursorAt(leads[0], "prev") : null,
    // Of common words only some candidates were counted; what is on the page is certain.
    total: isCounted ? counted : Math.max(Math.min(counted, maxCounted), leads.length),
    totalIsExact: isCounted || isOnlyPage,
  };
}

/** Without the right to read resumes a search is for people, unless it asks for resumes by name. */
function allowedArea(ctx: Pick<StaffContext, "actor">, input: ListLeads): SearchArea {
  if (can(ctx.actor.user, "resumes.read")) return input.in;
  if (input.q && input.in === "resume") throw new AppError("FORBIDDEN", explainDenial("resumes.read"));
  return "person";
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

function pageQuery({ input, sql, candidates }: Question, cursor: ListCursor | null): Prisma.Sql {
  const key = sortKeys[input.sort];
  const isDescending = (input.order === "desc") !== (cursor?.direction === "prev");
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const columns = [...key.columns, Prisma.sql`l.id`];
  const conditions = [
    ...sql.conditions,
    ...(candidates?.isWhole ? [isAmong(candidates)] : []),
    ...(cursor ? [afterKey(cursor, { columns, casts: key.casts, isDescending })] : []),
  ];
  // Written out, because a plan made for any limit would not trust the index. One row more tells whether there is a next page.
  const rowLimit = Prisma.raw(String(Math.trunc(input.limit) + 1));
  return Prisma.sql`SELECT ${leadColumns}, ${sql.isInPerson} AS is_in_person, (${totalQuery({ input, sql, candidates })}) AS total
    FROM ${sql.tables} ${where(conditions)}
    ORDER BY ${Prisma.join(columns.map((column) => Prisma.sql`${column} ${direction}`))} LIMIT ${rowLimit}`;
}

function isAmong({ leadIds }: Candidates): Prisma.Sql {
  return Prisma.sql`l.id = ANY(${leadIds}::uuid[])`;
}

function afterKey(
  cursor: ListCursor,
  { columns, casts, isDescending }: { columns: Prisma.Sql[]; casts: Prisma.Sql[]; isDescending: boolean },
): Prisma.Sql {
  const values = casts.map((cast, index) => Prisma.sql`${cursor.key[index]}${cast}`);
  const place = Prisma.join([...values, Prisma.sql`${cursor.id}::uuid`]);
  return Prisma.sql`(${Prisma.join(columns)}) ${isDescending ? Prisma.sql`<` : Prisma.sql`>`} (${place})`;
}

function totalQuery({ input, sql, candidates }: Question): Prisma.Sql {
  if (hasKeptTotal(input)) {
    const status = input.status ? Prisma.sql`WHERE status = ${input.status}::lead_status` : Prisma.empty;
    return Prisma.sql`SELECT coalesce(sum(total), 0) FROM lead_counts ${status}`;
  }
  const conditions = [...sql.conditions, ...(candidates ? [isAmong(candidates)] : [])];
  return Prisma.sql`SELECT count(*) FROM (SELECT 1 FROM ${sql.countTables} ${where(conditions)} LIMIT ${maxCounted + 1}) AS matches`;
}

async function countLeads(ctx: Pick<Context, "db">, question: Question): Promise<number> {
  const rows = await queryRows<{ total: string }>(
    ctx.db,
    Prisma.sql`SELECT (${totalQuery(question)}) AS total`,
  );
  return Number(rows[0]?.total ?? 0);
}

function where(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
}
