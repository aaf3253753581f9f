import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { hasPhrase, phrasePairs, resumeQuery, type SearchTerm } from "../resumes/resume-words";
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
  /** Whether more match than are counted: the list is walked. */
  isCommon: boolean;
  /** Those of the terms that no resume holds, so that all matches have them in name or address. */
  inPersonOnly: SearchTerm[];
}

const none = { leadIds: [], resumeIds: [], isWhole: true, isExact: true, isCommon: false, inPersonOnly: [] };

/** A word and how many resumes hold it by PostgreSQL's statistics. */
type KnownWord = SearchTerm & { holders: number };

/** The leads that hold the rarest of the terms, or some of the right ones when each is common. What surely is common is not looked for. */
export async function findCandidates(ctx: Pick<Context, "db">, { terms, area }: Search): Promise<Candidates> {
  const words = await byRarity(ctx, resumeTerms(terms));
  const [rarest] = words;
  if (!rarest) return none;
  if (words.length === 1 && rarest.holders >= surelyCommon)
    return { ...none, isWhole: false, isCommon: true };
  const people = await Promise.all(words.map((word) => (area === "resume" ? [] : findByPerson(ctx, word))));
  // What nobody is called can only stand in resumes, and all of it in the same.
  if (people.every((leadIds) => leadIds.length === 0)) {
    const { resumeIds, isWhole } = await findByResume(ctx, words);
    return { ...none, resumeIds, isWhole, isCommon: !isWhole };
  }
  const [leadIds = []] = people;
  if (words.length > 1) return findByRarest(ctx, { words, people });
  const { resumeIds, isWhole: hasAllResumes } = await findByResume(ctx, words);
  const isWhole = hasAllResumes && leadIds.length + resumeIds.length <= maxCandidates;
  return { ...none, leadIds, resumeIds, isWhole, isCommon: !isWhole };
}

/** Of several words, at least one of which is in names: the leads that hold one of them, if these are few. */
async function findByRarest(
  ctx: Pick<Context, "db">,
  { words, people }: { words: KnownWord[]; people: string[][] },
): Promise<Candidates> {
  const inResumesOnly: SearchTerm[] = [];
  const inPersonOnly: SearchTerm[] = [];
  for (const [index, word] of words.slice(0, maxLooks).entries()) {
    const leadIds = people[index] ?? [];
    const { resumeIds, isWhole: hasAllResumes } = await findByResume(ctx, [word]);
    const isWhole = hasAllResumes && leadIds.length + resumeIds.length <= maxCandidates;
    if (isWhole) return { ...none, leadIds, resumeIds, isExact: false };
    if (leadIds.length === 0) inResumesOnly.push(word);
    if (hasAllResumes && resumeIds.length === 0) inPersonOnly.push(word);
  }
  // Words that are common each may be rare together.
  const found = await findByResume(ctx, inResumesOnly.length > 0 ? inResumesOnly : words);
  const isWhole = found.isWhole && inResumesOnly.length > 0;
  return { ...none, ...found, isWhole, isExact: false, inPersonOnly };
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

/** Resumes that hold all of the words; none of them when by the statistics too many do, because to look those up is the dearest look of all. */
async function findByResume(
  ctx: Pick<Context, "db">,
  words: SearchTerm[],
): Promise<Pick<Candidates, "resumeIds" | "isWhole">> {
  if ((await estimateHolders(ctx, words)) >= surelyCommon) return { resumeIds: [], isWhole: false };
  const query = resumeQuery(words);
  const most = maxCandidates + 1;
  const pairs = phrasePairs(words).map(({ first, second }) => Prisma.sql`word_pair(${first}, ${second})`);
  // The planner knows how common words are, but not how rarely they stand side by side.
  const source =
    pairs.length > 0
      ? Prisma.sql`resumes_with_pairs(${query}, ARRAY[${Prisma.join(pairs)}], ${most}) AS found(id)`
      : hasPhrase(words)
        ? Prisma.sql`resumes_with(${query}, ${most}) AS found(id)`
        : Prisma.sql`(SELECT resume_id AS id FROM resume_texts WHERE words @@ ${query} LIMIT ${most}) AS found`;
  const rows = await queryRows<{ id: string }>(ctx.db, Prisma.sql`SELECT id FROM ${source}`);
  return { resumeIds: rows.map(({ id }) => id), isWhole: rows.length <= maxCandidates };
}

/** The words, each with how many resumes hold it, fewest first. */
async function byRarity(ctx: Pick<Context, "db">, words: SearchTerm[]): Promise<KnownWord[]> {
  const known = words.map(async (word) => ({ ...word, holders: await estimateHolders(ctx, [word]) }));
  return (await Promise.all(known)).toSorted((left, right) => left.holders - right.holders);
}

/** How many resumes hold all of the words by PostgreSQL's statistics. A phrase may be rarer than they can tell, and counts as none. */
async function estimateHolders(ctx: Pick<Context, "db">, words: SearchTerm[]): Promise<number> {
  if (hasPhrase(words)) return 0;
  const [row] = await queryRows<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(
    ctx.db,
    Prisma.sql`EXPLAIN (FORMAT JSON) SELECT FROM resume_texts WHERE words @@ ${resumeQuery(words)}`,
  );
  return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}
