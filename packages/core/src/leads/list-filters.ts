import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { addressKey, describeAddressProblem } from "../email-address";
import type { ListLeads } from "./schema";
import { readTerms } from "./search-terms";

/**
 * Conditions on `leads l` alone, each already safe SQL, without those of `q`. `name` matches parts of names, in any order.
 */
export function filterConditions(ctx: Pick<StaffContext, "actor" | "now">, input: ListLeads): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (input.status) conditions.push(Prisma.sql`l.status = ${input.status}::lead_status`);
  if (input.source) conditions.push(Prisma.sql`l.source = ${input.source}::lead_source`);
  if (input.createdFrom) conditions.push(Prisma.sql`l.created_at >= ${new Date(input.createdFrom)}`);
  if (input.createdTo) conditions.push(Prisma.sql`l.created_at < ${endOf(input.createdTo)}`);
  if (input.reachedFrom) conditions.push(Prisma.sql`l.reached_out_at >= ${new Date(input.reachedFrom)}`);
  if (input.reachedTo) {
    const end = endOf(input.reachedTo);
    // Nobody is reached before they write: said so that a list by arrival begins where these leads do.
    conditions.push(Prisma.sql`(l.reached_out_at < ${end} AND l.created_at < ${end})`);
  }
  // Whose leads are nobody's is looked up first, see `list-facets.ts`.
  if (input.assignee && input.assignee !== "nobody")
    conditions.push(
      Prisma.sql`l.assignee_id = ${input.assignee === "me" ? ctx.actor.user.id : input.assignee}::uuid`,
    );
  if (input.late !== undefined) conditions.push(lateCondition(ctx, input.late));
  if (input.answered) conditions.push(answerCondition(ctx, input.answered));
  if (input.waitFrom !== undefined) conditions.push(Prisma.sql`l.response_minutes >= ${input.waitFrom}`);
  if (input.waitTo !== undefined) conditions.push(Prisma.sql`l.response_minutes < ${input.waitTo}`);
  if (input.name) conditions.push(...nameConditions(input.name));
  if (input.email) conditions.push(emailCondition(input.email));
  return conditions;
}

/** Whether the number of matches is known without counting: only the kept totals per status. */
export function hasKeptTotal(input: ListLeads): boolean {
  const { status, in: area, sort, order, limit, cursor, page, ...filters } = input;
  return Object.values(filters).every((value) => value === undefined || String(value).trim() === "");
}

/** Whether one plan serves all values: no search for parts, whose cost depends on the term, and no span of time. */
export function hasSteadyPlan(input: ListLeads): boolean {
  return hasKeptTotal({ ...input, email: undefined }) && (!input.email || isWholeAddress(input.email));
}

/**
 * A literal part of a text, case and accents ignored; the text has a space before all that can be its beginning. Of one or two letters it
 * has to begin a word: the index knows three in a row, and where words begin. The part's own `% _ \` are escaped after the normalisation
 * the column has.
 */
export function contains(column: Prisma.Sql, word: string): Prisma.Sql {
  const part = Prisma.sql`regexp_replace(search_normal(${storable(word)}), '([\\\\%_])', '\\\\\\1', 'g')`;
  const starts = beginsWord(word) ? ["% ", "%-"] : ["%"];
  const matches = starts.map((start) => Prisma.sql`${column} LIKE ${start} || ${part} || '%'`);
  return Prisma.sql`(${Prisma.join(matches, " OR ")})`;
}

/** `li`, `j.s`: too little for the index to narrow it down anywhere in a word. */
export function beginsWord(word: string): boolean {
  return /^[\p{L}\p{M}\p{N}]{1,2}(?:[._-][\p{L}\p{M}\p{N}]{0,2})*$/u.test(word.normalize("NFKC"));
}

/** The same, but only case in ASCII ignored. Most hits pass it already, at a tenth of what taking the accents off costs. */
function containsPlainly(column: Prisma.Sql, word: string): Prisma.Sql {
  const part = `${beginsWord(word) ? " " : ""}${storable(word).toLowerCase()}`;
  return Prisma.sql`strpos(lower(${column} COLLATE "C"), ${part}) > 0`;
}

/** Without what PostgreSQL's texts cannot hold. */
function storable(word: string): string {
  return word.toWellFormed().replaceAll("\0", "");
}

function lateCondition(ctx: Pick<StaffContext, "now">, isLate: boolean): Prisma.Sql {
  const late = Prisma.sql`l.status = 'PENDING' AND l.respond_by < ${ctx.now()}`;
  return isLate ? Prisma.sql`(${late})` : Prisma.sql`(${late}) IS NOT TRUE`;
}

/** As the office's report counts. */
function answerCondition(ctx: Pick<StaffContext, "now">, answered: "IN_TIME" | "LATE"): Prisma.Sql {
  if (answered === "IN_TIME")
    return Prisma.sql`(l.status = 'REACHED_OUT' AND l.reached_out_at <= l.respond_by)`;
  return Prisma.sql`(CASE l.status WHEN 'PENDING' THEN l.respond_by < ${ctx.now()} ELSE l.reached_out_at > l.respond_by END)`;
}

function nameConditions(name: string): Prisma.Sql[] {
  return readTerms(name).map(({ text }) => isIn(Prisma.sql`l.first_name || ' ' || l.last_name`, text));
}

/** The search column narrows by index, the column itself then leaves out hits beside it. */
function isIn(column: Prisma.Sql, word: string): Prisma.Sql {
  const text = Prisma.sql`' ' || ${column}`;
  const isThere = Prisma.sql`${containsPlainly(Prisma.sql`(${text})`, word)} OR ${contains(Prisma.sql`search_normal(${text})`, word)}`;
  return Prisma.sql`(${contains(Prisma.sql`l.search_text`, word)} AND (${isThere}))`;
}

function bareAddress(email: string): string {
  return email.trim().replace(/^mailto:/i, "");
}

function isWholeAddress(email: string): boolean {
  return describeAddressProblem(bareAddress(email)) === null;
}

/** A whole address matches exactly (case ignored), a part of one as `contains` finds it. */
function emailCondition(email: string): Prisma.Sql {
  const address = bareAddress(email);
  if (address === "") return Prisma.sql`TRUE`;
  if (isWholeAddress(address)) return Prisma.sql`l.email_key = ${addressKey(address)}`;
  return isIn(Prisma.sql`l.email`, address);
}

/** A day means its whole length, a moment means itself. */
function endOf(value: string): Date {
  const start = new Date(value);
  return value.includes("T") ? start : new Date(start.getTime() + 24 * 60 * 60 * 1000);
}
