import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { cutExcerpt } from "../resumes/excerpt";
import type { SearchTerm } from "../resumes/resume-words";
import type { Excerpt } from "../resumes/schema";
import { queryRows } from "../sql";
import { leadTables } from "./lead-row";
import { openText } from "./list-search";
import type { FindExcerpt } from "./schema";
import { readTerms } from "./search-terms";

/** The stretch of a lead's newest resume that shows a search best, or null when none of it is there. */
export async function findExcerpt(
  ctx: Pick<Context, "db">,
  { leadId, q }: FindExcerpt,
): Promise<Excerpt | null> {
  const [row] = await queryRows<{ body: string }>(
    ctx.db,
    Prisma.sql`SELECT t.body FROM ${leadTables} JOIN ${openText} WHERE l.id = ${leadId}::uuid`,
  );
  return row ? cutExcerpt(row.body, readTerms(q)) : null;
}

/** The same for the resumes of one page of a list, by their id. The caller has made sure that they may be read. */
export async function findExcerpts(
  ctx: Pick<Context, "db">,
  { resumeIds, terms }: { resumeIds: string[]; terms: SearchTerm[] },
): Promise<Map<string, Excerpt>> {
  if (resumeIds.length === 0) return new Map();
  const rows = await queryRows<{ resume_id: string; body: string }>(
    ctx.db,
    Prisma.sql`SELECT resume_id, body FROM resume_texts WHERE resume_id = ANY(${resumeIds}::uuid[])`,
  );
  const excerpts = rows.map((row) => [row.resume_id, cutExcerpt(row.body, terms)] as const);
  return new Map(excerpts.flatMap(([id, excerpt]) => (excerpt ? [[id, excerpt]] : [])));
}
