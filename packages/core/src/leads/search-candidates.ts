import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { hasPhrase, resumeQuery, type SearchTerm } from "../resumes/resume-words";
import { queryRows } from "../sql";
import { isOpenResume } from "./lead-row";
import { inPerson, resumeTerms, type Search } from "./list-search";

/** More leads than these are common: then the newest of them are found faster by walking the list. */
const maxCandidates = 2500;
/** So many resumes by the statistics hold a word that more than the list counts do, whatever the statistics miss. */
const surelyCommon = 10_000;
// Each look costs some milliseconds.
const maxLooks = 3;

/** Leads that may match, by the index. */
export interface Candidates {
  /** By name or address. */
  leadIds: string[];
  /** By a resume, which may be an older one of its lead, or one that may not be opened. */
  resumeIds: string[];
  /** Whether no other lead matches. */
  isWhole: boolean;
  /** Whether all of `candidateLeads` match: nothing else is searched for. */
  isExact: boolean;
  /** Whether so many match that they were not even looked for: the list is walked. */
  isCommon: boolean;
  /** Those of the terms that no resume holds, so that all matches have them in name or address. */
  inPersonOnly: SearchTerm[];
}

const none = { leadIds: [], resumeIds: [], isWhole: true, isExact: true, isCommon: false, inPersonOnly: [] };

/**
 * The leads that hold the rarest of the terms, or some of the right ones when each is common. A word alone that surely is common is looked
 * for only when asked.
 */
export async function findCandidates(
  ctx: Pick<Context, "db">,
  { terms, area }: Search,
  { looksForCommon }: { looksForCommon: boolean },
): Promise<Candidates> {
  const words = await byRarity(ctx, resumeTerms(terms));
  const [rarest] = words;
  if (!rarest) return none;
  if (words.length === 1 && rarest.holders >= surelyCommon && !looksForCommon)
    return { ...none, isWhole: false, isCommon: true };
  if (area === "resume") return { ...none, ...(await findByResume(ctx, words)) };
  const inResumesOnly: SearchTerm[] = [];
  const inPersonOnly: SearchTerm[] = [];
  const isExact = words.length === 1;
  for (const word of words.slice(0, maxLooks)) {
    // Of several words the common ones narrow nothing down, and to look one of them up is the dearest look of all.
    const isKnown = !isExact && word.holders >= surelyCommon;
    const [leadIds, found] = await Promise.all([
      findByPerson(ctx, word),
      isKnown ? { resumeIds: [], isWhole: false } : findByResume(ctx, [word]),
    ]);
    const { resumeIds } = found;
    const isWhole = found.isWhole && leadIds.length + resumeIds.length <= maxCandidates;
    if (isExact || isWhole) return { ...none, leadIds, resumeIds, isWhole, isExact };
    if (leadIds.length === 0) inResumesOnly.push(word);
    if (resumeIds.length === 0 && !isKnown) inPersonOnly.push(word);
  }
  // Words that are common each may be rare together.
  const found = await findByResume(ctx, inResumesOnly.length > 0 ? inResumesOnly : words);
  return { ...none, ...found, isWhole: found.isWhole && inResumesOnly.length > 0, isExact, inPersonOnly };
}

/** The candidates as a table with the columns of `leads`, each once; found by resume only if it is the newest and may be opened. */
export function candidateLeads({ leadIds, resumeIds }: Candidates): Prisma.Sql {
  return Prisma.sql`(SELECT l.* FROM resumes r JOIN leads l ON l.id = r.lead_id AND l.resume_path = r.storage_key
      WHERE r.id = ANY(${resumeIds}::uuid[]) AND ${isOpenResume} AND NOT l.id = ANY(${leadIds}::uuid[])
    UNION ALL SELECT l.* FROM leads l WHERE l.id = ANY(${leadIds}::uuid[]))`;
}

async function findByPerson(ctx: Pick<Context, "db">, word: SearchTerm): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    ctx.db,
    Prisma.sql`SELECT l.id FROM leads l WHERE ${inPerson(word)} LIMIT ${maxCandidates + 1}`,
  );
  return rows.map(({ id }) => id);
}

async function findByResume(
  ctx: Pick<Context, "db">,
  words: SearchTerm[],
): Promise<Pick<Candidates, "resumeIds" | "isWhole">> {
  const query = resumeQuery(words);
  const most = maxCandidates + 1;
  // The planner knows how common words are, but not how rarely they stand side by side.
  const rows = await queryRows<{ id: string }>(
    ctx.db,
    hasPhrase(words)
      ? Prisma.sql`SELECT id FROM resumes_with(${query}, ${most}) AS found(id)`
      : Prisma.sql`SELECT resume_id AS id FROM resume_texts WHERE words @@ ${query} LIMIT ${most}`,
  );
  return { resumeIds: rows.map(({ id }) => id), isWhole: rows.length <= maxCandidates };
}

/** The words, each with how many resumes hold it by PostgreSQL's statistics, fewest first. A phrase may be rarer than they can tell. */
async function byRarity(
  ctx: Pick<Context, "db">,
  words: SearchTerm[],
): Promise<(SearchTerm & { holders: number })[]> {
  const estimated = words.map(async (word) => {
    if (hasPhrase([word])) return { ...word, holders: 0 };
    const [row] = await queryRows<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(
      ctx.db,
      Prisma.sql`EXPLAIN (FORMAT JSON) SELECT FROM resume_texts WHERE words @@ ${resumeQuery([word])}`,
    );
    return { ...word, holders: row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0 };
  });
  return (await Promise.all(estimated)).toSorted((left, right) => left.holders - right.holders);
}
