import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { hasPhrase, resumeQuery, type SearchTerm } from "../resumes/resume-words";
import { queryRows } from "../sql";
import { inPerson, resumeTerms, type Search } from "./list-search";

/** More leads than these are common: then the newest of them are found faster by walking the list. */
const maxCandidates = 2500;
// Each look costs some milliseconds; the longest words are mostly the rarest.
const maxLooks = 3;

/** Leads that may match, by the index. */
export interface Candidates {
  leadIds: string[];
  /** Whether no other lead matches. */
  isWhole: boolean;
  /** Those of the terms that no resume holds, so that all matches have them in name or address. */
  inPersonOnly: SearchTerm[];
}

/** The leads that hold the rarest of the terms, or some of the right ones when each is common. */
export async function findCandidates(ctx: Pick<Context, "db">, { terms, area }: Search): Promise<Candidates> {
  const words = resumeTerms(terms);
  if (words.length === 0) return { leadIds: [], isWhole: true, inPersonOnly: [] };
  if (area === "resume") return findByResume(ctx, words);
  const inResumesOnly: SearchTerm[] = [];
  const inPersonOnly: SearchTerm[] = [];
  const byLength = words.toSorted((left, right) => right.text.length - left.text.length);
  for (const word of byLength.slice(0, maxLooks)) {
    const byPerson = await findByPerson(ctx, word);
    const byResume = await findByResume(ctx, [word]);
    const leadIds = [...byPerson, ...byResume.leadIds];
    if (words.length === 1 || leadIds.length <= maxCandidates)
      return { leadIds, isWhole: leadIds.length <= maxCandidates, inPersonOnly: [] };
    if (byPerson.length === 0) inResumesOnly.push(word);
    if (byResume.leadIds.length === 0) inPersonOnly.push(word);
  }
  // Words that are common each may be rare together.
  if (inResumesOnly.length > 0) return { ...(await findByResume(ctx, inResumesOnly)), inPersonOnly };
  return { ...(await findByResume(ctx, words)), isWhole: false, inPersonOnly };
}

async function findByPerson(ctx: Pick<Context, "db">, word: SearchTerm): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    ctx.db,
    Prisma.sql`SELECT l.id FROM leads l WHERE ${inPerson(word)} LIMIT ${maxCandidates + 1}`,
  );
  return rows.map(({ id }) => id);
}

async function findByResume(ctx: Pick<Context, "db">, words: SearchTerm[]): Promise<Candidates> {
  const query = resumeQuery(words);
  const most = maxCandidates + 1;
  // The planner knows how common words are, but not how rarely they stand side by side.
  const found = hasPhrase(words)
    ? Prisma.sql`SELECT resume_id FROM resumes_with(${query}, ${most}) AS found(resume_id)`
    : Prisma.sql`SELECT resume_id FROM resume_texts WHERE words @@ ${query} LIMIT ${most}`;
  const rows = await queryRows<{ id: string }>(
    ctx.db,
    Prisma.sql`SELECT r.lead_id AS id FROM (${found}) AS found JOIN resumes r ON r.id = found.resume_id`,
  );
  return { leadIds: rows.map(({ id }) => id), isWhole: rows.length <= maxCandidates, inPersonOnly: [] };
}
