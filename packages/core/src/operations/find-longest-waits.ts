import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** Since when the oldest file waits for the scanner, the oldest mail for its way out: times of the past only. */
export async function findLongestWaits(
  ctx: Pick<Context, "db" | "now">,
): Promise<{ scanSince: Date | null; mailDueAt: Date | null }> {
  const [row] = await queryPreparedRows<{ scanSince: Date | null; mailDueAt: Date | null }>(
    ctx.db,
    Prisma.sql`SELECT (SELECT min(created_at) FROM resumes WHERE scan_state = 'PENDING') AS "scanSince",
      (SELECT min(next_attempt_at) FROM outbox_mails WHERE state = 'QUEUED' AND next_attempt_at <= ${ctx.now()} AND digest_id IS NULL) AS "mailDueAt"`,
  );
  return row ?? { scanSince: null, mailDueAt: null };
}
