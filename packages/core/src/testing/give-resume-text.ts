import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { resumeWords } from "../resumes/resume-words";
import { queryRows } from "../sql";

/** Writes what the newest resume of a lead says, as if its job had read it. */
export async function giveResumeText(
  ctx: Pick<Context, "db" | "now">,
  { leadId, body }: { leadId: string; body: string },
): Promise<void> {
  await queryRows(
    ctx.db,
    Prisma.sql`INSERT INTO resume_texts (resume_id, outcome, body, page_count, is_cut, words, read_at)
      SELECT r.id, 'READ', ${body}, 1, false, ${resumeWords(body)}, ${ctx.now()}
      FROM leads l JOIN resumes r ON r.storage_key = l.resume_path WHERE l.id = ${leadId}::uuid`,
  );
}
