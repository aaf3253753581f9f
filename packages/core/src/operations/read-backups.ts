import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

interface BackupFacts {
  lastAt: Date | null;
  kind: "FULL" | "DIFFERENTIAL" | "FILE" | null;
  restoreTestAt: Date | null;
  /** `everySeconds`: how long at most a piece of the log may wait for more to be in it. */
  archive: { lastAt: Date | null; isFailing: boolean; everySeconds: number } | null;
}

/** The newest backup, the newest proof that one can be restored, and how the server's log gets into the archive, as it says itself. */
export async function readBackups(ctx: Pick<Context, "db">): Promise<BackupFacts> {
  const [row] = await queryPreparedRows<{
    lastAt: Date | null;
    kind: BackupFacts["kind"];
    restoreTestAt: Date | null;
    archiveMode: string;
    everySeconds: number;
    archivedAt: Date | null;
    failedAt: Date | null;
  }>(
    ctx.db,
    Prisma.sql`SELECT b.finished_at AS "lastAt", b.kind::text AS kind,
        (SELECT max(finished_at) FROM backup_runs WHERE kind = 'RESTORE_TEST') AS "restoreTestAt",
        current_setting('archive_mode') AS "archiveMode",
        extract(epoch FROM current_setting('archive_timeout')::interval)::int AS "everySeconds", a.last_archived_time AS "archivedAt", a.last_failed_time AS "failedAt"
      FROM pg_stat_archiver a
      LEFT JOIN LATERAL (SELECT kind, finished_at FROM backup_runs WHERE kind <> 'RESTORE_TEST' ORDER BY finished_at DESC LIMIT 1) b ON true`,
  );
  if (!row) return { lastAt: null, kind: null, restoreTestAt: null, archive: null };
  const { lastAt, kind, restoreTestAt, archivedAt, failedAt, everySeconds } = row;
  const isFailing = failedAt !== null && (archivedAt === null || failedAt > archivedAt);
  const archive = row.archiveMode === "off" ? null : { lastAt: archivedAt, isFailing, everySeconds };
  return { lastAt, kind, restoreTestAt, archive };
}
