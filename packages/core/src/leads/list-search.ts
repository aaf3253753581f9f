import { Prisma } from "@intake/db/database";
import { resumeQuery, type SearchTerm } from "../resumes/resume-words";
import { isOpenResume, leadTables } from "./lead-row";
import { contains } from "./list-filters";
import { readReference } from "./reference";
import type { SearchArea } from "./schema";

/** What a list is searched for. Without terms it is the whole list. */
export interface Search {
  terms: SearchTerm[];
  area: SearchArea;
}

/** A search as SQL; each of its conditions has to hold. */
export interface SearchSql {
  /** The least that its conditions need. */
  tables: Prisma.Sql;
  conditions: Prisma.Sql[];
  /** Whether names and addresses alone hold all of the terms, so that no excerpt has to say why. */
  isInPerson: Prisma.Sql;
}

/** The text of a lead's newest resume, beside `leadTables`. */
export const openText = Prisma.sql`resume_texts t ON t.resume_id = r.id AND ${isOpenResume}`;

/** Whether a search has to look into resumes. Signs alone are in none. */
export function looksInResumes({ terms, area }: Search): boolean {
  return area !== "person" && terms.length > 0 && (area === "resume" || resumeQuery(terms) !== null);
}

/** A search of names and addresses, whose plan PostgreSQL chooses well by itself. */
export function personSql({ terms }: Search): SearchSql {
  const conditions = terms.map(inPerson);
  return { tables: Prisma.sql`leads l`, conditions, isInPerson: Prisma.sql`TRUE` };
}

/**
 * A search that looks into resumes. PostgreSQL cannot foresee how many of them hold a word that is being typed; the `coalesce` keeps it
 * from guessing few and reading all: it walks the list in its order, or the candidates it is given beside.
 */
export function resumeSql({ terms, area }: Search): SearchSql {
  const tables = Prisma.sql`${leadTables} LEFT JOIN ${openText}`;
  const words = resumeTerms(terms);
  const holds = words.map((term) =>
    area === "resume" ? inResume(term) : Prisma.sql`(${inPerson(term)} OR ${inResume(term)})`,
  );
  return {
    tables,
    conditions: [holds.length > 0 ? Prisma.sql`coalesce(${all(holds)}, FALSE)` : Prisma.sql`FALSE`],
    isInPerson: area === "resume" ? Prisma.sql`FALSE` : all(words.map(inPerson)),
  };
}

/** Those of the terms that a resume may hold: signs between words say nothing. */
export function resumeTerms(terms: SearchTerm[]): SearchTerm[] {
  return terms.filter((term) => resumeQuery([term]) !== null);
}

/** A term in name or address, or a whole reference, for `leads l`. */
export function inPerson({ text }: SearchTerm): Prisma.Sql {
  const inText = contains(Prisma.sql`l.search_text`, text);
  const reference = readReference(text);
  return reference ? Prisma.sql`(${inText} OR l.reference = ${reference})` : Prisma.sql`(${inText})`;
}

function inResume(term: SearchTerm): Prisma.Sql {
  return Prisma.sql`t.words @@ ${resumeQuery([term])}`;
}

function all(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(conditions, " AND ")})`;
}
