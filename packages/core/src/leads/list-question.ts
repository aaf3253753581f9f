import { Prisma } from "@intake/db/database";
import { can, explainDenial } from "../auth/policy";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { leadTables, leadTablesOf } from "./lead-row";
import { asksForResumes, facetConditions } from "./list-facets";
import { beginsWord, filterConditions, hasKeptTotal } from "./list-filters";
import { inPerson, looksInResumes, openText, personSql, resumeSql, type Search } from "./list-search";
import type { ListLeads, SearchArea } from "./schema";
import { type Candidates, candidateLeads, findCandidates } from "./search-candidates";
import { readTerms } from "./search-terms";

/** So many matches of a search are counted; beyond that it is "1,000+". */
export const maxCounted = 1000;

/** Of a common word among filtered leads, so many of them are looked through. */
const nearby = Prisma.raw("1000");

const leadsOnly = Prisma.sql`leads l`;

const aboveCounted = Prisma.raw(`SELECT ${maxCounted + 1}`);

/** What a list asks for, as SQL. */
export interface Question {
  search: Search;
  /** `leads l` and what the conditions need beside it; each lead comes once. */
  tables: Prisma.Sql;
  /** Each has to hold; together they match what the list shows, all pages of it. */
  conditions: Prisma.Sql[];
  /** Whether all that match are fetched anyhow, so that counting them costs nothing. */
  isFew: boolean;
  /** Whether there may be many of them although PostgreSQL expects few: one or two letters begin a word of one lead in a hundred. */
  mayBeMany: boolean;
  /** Whether names and addresses alone hold what is searched for. */
  isInPerson: Prisma.Sql;
  /** One number: how many match, counted to one more than `maxCounted` where it is not kept. */
  total: Prisma.Sql;
  /** How far `total` can be trusted: it is kept; or counted, among all matches or only some of them. */
  count: "kept" | "whole" | "partial";
  /** Whether a partial count has seen all that there is. */
  seesAll: Prisma.Sql;
}

type QuestionContext = Pick<StaffContext, "db" | "actor" | "now">;

/** The question of a list. Throws FORBIDDEN for a search in resumes by who may not read them. */
export async function readQuestion(ctx: QuestionContext, input: ListLeads): Promise<Question> {
  const search = { terms: readTerms(input.q ?? ""), area: allowedArea(ctx, input) };
  const isFiltered = input.status !== undefined || !hasKeptTotal({ ...input, q: undefined });
  const [candidates, facets] = await Promise.all([
    looksInResumes(search) ? findCandidates(ctx, search) : null,
    facetConditions(ctx, input),
  ]);
  const { isInPerson, ...sql } = candidates ? resumeSql(search) : personSql(search);
  const filters = [
    ...filterConditions(ctx, input),
    ...facets,
    ...(candidates?.inPersonOnly ?? []).map(inPerson),
  ];
  const walked = {
    tables: asksForResumes(input) && !candidates ? leadTables : sql.tables,
    conditions: [...filters, ...sql.conditions],
  };
  const among = candidates && {
    tables: candidateTables(candidates, input),
    conditions: candidates.isExact ? filters : walked.conditions,
  };
  const isKept = hasKeptTotal(input);
  const near = {
    filters,
    conditions: sql.conditions,
    tables: asksForResumes(input) ? leadTables : leadsOnly,
  };
  const ofCommon = isFiltered ? countedNearby(near) : aboveCounted;
  return {
    ...{ search, isInPerson },
    mayBeMany: !candidates && !asksForResumes(input) && search.terms.some(({ text }) => beginsWord(text)),
    ...(candidates?.isWhole && among ? { ...among, isFew: true } : { ...walked, isFew: false }),
    total: isKept ? keptTotal(input) : candidates?.isCommon ? ofCommon : countedTotal(among ?? walked),
    count: isKept ? "kept" : candidates?.isWhole === false ? "partial" : "whole",
    seesAll: candidates?.isCommon && isFiltered ? areAllNear(near) : Prisma.sql`FALSE`,
  };
}

/** The least that the conditions on candidates need. */
function candidateTables(candidates: Candidates, input: ListLeads): Prisma.Sql {
  const leads = candidateLeads(candidates);
  if (!candidates.isExact) return Prisma.sql`${leadTablesOf(leads)} LEFT JOIN ${openText}`;
  return asksForResumes(input) ? leadTablesOf(leads) : Prisma.sql`${leads} l`;
}

/** `WHERE …`, or nothing when there is no condition. */
export function where(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
}

/** Without the right to read resumes a search is for people, unless it asks for resumes by name. */
function allowedArea(ctx: Pick<StaffContext, "actor">, input: ListLeads): SearchArea {
  if (can(ctx.actor.user, "resumes.read")) return input.in;
  if (input.q && input.in === "resume") throw new AppError("FORBIDDEN", explainDenial("resumes.read"));
  return "person";
}

function countedTotal({ tables, conditions }: Pick<Question, "tables" | "conditions">): Prisma.Sql {
  return Prisma.sql`SELECT count(*) FROM (SELECT 1 FROM ${tables} ${where(conditions)} LIMIT ${maxCounted + 1}) AS matches`;
}

/** The leads that filters leave, in which a common word is counted. */
interface Near {
  filters: Prisma.Sql[];
  /** What the filters need. */
  tables: Prisma.Sql;
  /** Of the search. */
  conditions: Prisma.Sql[];
}

/** A common word together with filters: its matches among the newest leads that the filters leave. */
function countedNearby({ filters, tables, conditions }: Near): Prisma.Sql {
  const near = Prisma.sql`(SELECT l.* FROM ${tables} ${where(filters)} ORDER BY l.created_at DESC, l.id DESC LIMIT ${nearby})`;
  return Prisma.sql`SELECT count(*) FROM ${leadTablesOf(near)} LEFT JOIN ${openText} ${where(conditions)}`;
}

function areAllNear({ filters, tables }: Near): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) <= ${nearby} FROM (SELECT FROM ${tables} ${where(filters)} LIMIT ${nearby} + 1) AS near)`;
}

function keptTotal({ status }: ListLeads): Prisma.Sql {
  const condition = status ? Prisma.sql`WHERE status = ${status}::lead_status` : Prisma.empty;
  return Prisma.sql`SELECT coalesce(sum(total), 0) FROM lead_counts ${condition}`;
}
