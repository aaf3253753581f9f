import { Prisma } from "@intake/db/database";
import { addressKey, describeAddressProblem } from "../email-address";
import type { ListLeads } from "./schema";
import { readTerms } from "./search-terms";

/** Conditions of a list, each already safe SQL, without those of `q`. `name` matches words anywhere, in any order. */
export function filterConditions(input: ListLeads): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (input.status) conditions.push(Prisma.sql`l.status = ${input.status}::lead_status`);
  if (input.createdFrom) conditions.push(Prisma.sql`l.created_at >= ${new Date(input.createdFrom)}`);
  if (input.createdTo) conditions.push(Prisma.sql`l.created_at < ${endOf(input.createdTo)}`);
  if (input.name) conditions.push(...nameConditions(input.name));
  if (input.email) conditions.push(emailCondition(input.email));
  return conditions;
}

/** Whether the number of matches is known without counting: only the kept totals per status. */
export function hasKeptTotal(input: ListLeads): boolean {
  return (
    !input.q?.trim() && !input.name?.trim() && !input.email?.trim() && !input.createdFrom && !input.createdTo
  );
}

/** Whether one plan serves all values: no search for parts, whose cost depends on the term, and no span of time. */
export function hasSteadyPlan(input: ListLeads): boolean {
  return hasKeptTotal({ ...input, email: undefined }) && (!input.email || isWholeAddress(input.email));
}

/** A literal substring, case and accents ignored: the word's own `% _ \` are escaped after the normalisation the column has. */
export function contains(column: Prisma.Sql, word: string): Prisma.Sql {
  return Prisma.sql`${column} LIKE '%' || regexp_replace(search_normal(${word.toWellFormed().replaceAll("\0", "")}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
}

function nameConditions(name: string): Prisma.Sql[] {
  const fullName = Prisma.sql`search_normal(l.first_name || ' ' || l.last_name)`;
  // The search column narrows by index, the name itself then leaves out hits in the address.
  return readTerms(name).flatMap(({ text }) => [
    contains(Prisma.sql`l.search_text`, text),
    contains(fullName, text),
  ]);
}

function bareAddress(email: string): string {
  return email.trim().replace(/^mailto:/i, "");
}

function isWholeAddress(email: string): boolean {
  return describeAddressProblem(bareAddress(email)) === null;
}

/** A whole address matches exactly (case ignored), a part of one anywhere in the address. */
function emailCondition(email: string): Prisma.Sql {
  const address = bareAddress(email);
  if (address === "") return Prisma.sql`TRUE`;
  if (isWholeAddress(address)) return Prisma.sql`l.email_key = ${addressKey(address)}`;
  return Prisma.sql`(${contains(Prisma.sql`l.search_text`, address)} AND ${contains(Prisma.sql`search_normal(l.email)`, address)})`;
}

/** A day means its whole length, a moment means itself. */
function endOf(value: string): Date {
  const start = new Date(value);
  return value.includes("T") ? start : new Date(start.getTime() + 24 * 60 * 60 * 1000);
}
