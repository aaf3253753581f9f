import { type Database, Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import { queryRows } from "../sql";
import { noteBackup } from "./note-backup";

export interface RestoreProof {
  /** The newest archived state, restored beside the office. */
  restored: Pick<Database, "patient">;
  /** When restoring began. */
  begunAt: Date;
  /** Leads younger than this when it began may be missing. */
  mostLostMinutes: number;
}

/**
 * Compares the leads of a restored database with those of the office and writes the success down; the answer is how many were compared.
 * Throws AppError (CONFLICT) when one is missing, which is what a backup is for.
 */
export async function proveRestore(
  ctx: Pick<Context, "db" | "now">,
  { restored, begunAt, mostLostMinutes }: RestoreProof,
): Promise<number> {
  const until = new Date(begunAt.getTime() - mostLostMinutes * 60_000);
  const [ours, theirs] = [await fingerprint(ctx.db, until), await fingerprint(restored, until)];
  if (ours.leads !== theirs.leads || ours.sum !== theirs.sum)
    throw new AppError(
      "CONFLICT",
      `What came back is not what the office has: ${theirs.leads} leads until ${until.toISOString()}, the office has ${ours.leads}. See docs/runbooks/restore-unproven.md.`,
    );
  const finishedAt = ctx.now();
  const seconds = Math.round((finishedAt.getTime() - begunAt.getTime()) / 1000);
  await noteBackup(ctx, { kind: "RESTORE_TEST", finishedAt, seconds });
  return ours.leads;
}

/** How many leads there are, and a sum over their ids that needs no order and no memory. Both servers are of one major version. */
async function fingerprint(
  db: Pick<Database, "patient">,
  until: Date,
): Promise<{ leads: number; sum: string }> {
  const [row] = await queryRows<{ leads: number; sum: string }>(
    db.patient,
    Prisma.sql`SELECT count(*)::float8 AS leads, coalesce(sum(hashtextextended(id::text, 0)), 0)::text AS sum
      FROM leads WHERE created_at <= ${until}`,
  );
  return row ?? { leads: 0, sum: "0" };
}
