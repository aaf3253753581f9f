import { findNightlyCheck } from "../audit/nightly-check";
import type { StaffContext } from "../context";
import { countWaitingMails } from "../mail/count-waiting-mails";
import { countWaitingScans } from "../resumes/count-waiting-scans";
import { countFiles } from "./count-files";
import { findLongestWaits } from "./find-longest-waits";
import { readBackups } from "./read-backups";
import { readDatabase } from "./read-database";
import { readMigration } from "./read-migration";
import { readSealing } from "./read-sealing";
import type { Operations } from "./schema";

/** A part that has not answered by then counts as away, in seconds. */
const patienceSeconds = 3;
/** Dead jobs shown at once. */
const shownDeadJobs = 20;

/** How it stands with every part of this installation, asked now. Throws what the database throws when that is away itself. */
export async function getOperations(ctx: StaffContext): Promise<Operations> {
  const [database, storageMs, scannerVersion, used, files, mails, scans, waits, queues, deadJobs] =
    await Promise.all([
      timed(() => readDatabase(ctx)),
      timed(() => ctx.storage.check()),
      ctx.scanner.version(),
      ctx.quota.usedBytes(),
      countFiles(ctx),
      countWaitingMails(ctx),
      countWaitingScans(ctx),
      findLongestWaits(ctx),
      ctx.queue.states(),
      ctx.queue.deadJobs(shownDeadJobs),
    ]);
  const [backups, sealing, nightly, migration] = await Promise.all([
    readBackups(ctx),
    readSealing(ctx),
    findNightlyCheck(ctx),
    readMigration(ctx),
  ]);
  return {
    checkedAt: ctx.now().toISOString(),
    database: database && { ...database.answer, answerMs: database.ms },
    storage: {
      answerMs: storageMs?.ms ?? null,
      usedBytes: used,
      files,
      quotaBytes: ctx.quota.maxBytes,
    },
    scanner: {
      name: ctx.scanner.name,
      version: scannerVersion,
      waiting: scans,
      oldestAt: iso(waits.scanSince),
    },
    mail: {
      queued: mails.QUEUED,
      sending: mails.SENDING,
      failed: mails.FAILED,
      suppressed: mails.SUPPRESSED,
      oldestDueAt: iso(waits.mailDueAt),
    },
    queues: queues.map(({ oldestAt, ...queue }) => ({ ...queue, oldestAt: iso(oldestAt) })),
    deadJobs: deadJobs.map(({ createdAt, failedAt, ...job }) => ({
      ...job,
      createdAt: createdAt.toISOString(),
      failedAt: failedAt.toISOString(),
    })),
    backup: {
      lastAt: iso(backups.lastAt),
      kind: backups.kind,
      restoreTestAt: iso(backups.restoreTestAt),
      archive: backups.archive && { ...backups.archive, lastAt: iso(backups.archive.lastAt) },
    },
    audit: {
      sealedAt: iso(sealing.sealedAt),
      unsealedSince: iso(sealing.unsealedSince),
      checkedAt: nightly?.at ?? null,
      isWhole: nightly?.isWhole ?? null,
    },
    version: {
      intake: ctx.settings.version,
      migration: migration.migration,
      migratedAt: migration.migratedAt.toISOString(),
      startedAt: new Date(ctx.now().getTime() - process.uptime() * 1000).toISOString(),
    },
  };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** The answer and how long it took, in milliseconds; null when there was none in time. */
async function timed<Answer>(ask: () => Promise<Answer>): Promise<{ answer: Answer; ms: number } | null> {
  const begin = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceSeconds * 1000);
  });
  const answered = ask().then(
    (answer) => ({ answer, ms: Math.round((performance.now() - begin) * 10) / 10 }),
    () => null,
  );
  const result = await Promise.race([answered, late]);
  clearTimeout(timer);
  return result;
}
