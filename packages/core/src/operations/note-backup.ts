import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import { queryRows } from "../sql";

/** A backup that has succeeded, or the proof that one comes back. */
export interface BackupNote {
  kind: "FULL" | "DIFFERENTIAL" | "FILE" | "RESTORE_TEST";
  /** When it was done, as whoever made it says: its age is what the alert goes by, not the age of this note. */
  finishedAt: Date;
  sizeBytes?: number | undefined;
  /** How long it took. */
  seconds?: number | undefined;
}

/** Clocks of two machines may differ by so much, in ms. */
const mostAhead = 5 * 60_000;

/**
 * Writes down what metrics, alerts and the operations page know of backups; false when it was written down before. Throws AppError
 * (BAD_REQUEST) for one that is yet to come, which would keep the alert quiet.
 */
export async function noteBackup(ctx: Pick<Context, "db" | "now">, note: BackupNote): Promise<boolean> {
  const { kind, finishedAt, sizeBytes = null, seconds = null } = note;
  if (finishedAt.getTime() > ctx.now().getTime() + mostAhead)
    throw new AppError(
      "BAD_REQUEST",
      `A backup of ${finishedAt.toISOString()} is yet to come: look at the clocks.`,
    );
  const rows = await queryRows(
    ctx.db,
    Prisma.sql`INSERT INTO backup_runs (kind, finished_at, size_bytes, seconds)
      SELECT ${kind}::backup_kind, ${finishedAt}, ${sizeBytes}::bigint, ${seconds}::int
      WHERE NOT EXISTS (SELECT FROM backup_runs WHERE kind = ${kind}::backup_kind AND finished_at = ${finishedAt})
      RETURNING id`,
  );
  return rows.length > 0;
}
