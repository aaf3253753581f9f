/** What counts as fine, worth a look, or broken. The bounds are those of the alerts (docker/prometheus/rules). Browser-safe. */
import { formatBytes } from "../resumes/schema";
import type { Operations } from "./schema";

const minute = 60_000;
const hour = 60 * minute;

/** Ages, in milliseconds, from which on something needs a look. */
const bounds = {
  queue: 15 * minute,
  mail: 15 * minute,
  scan: 10 * minute,
  backup: 26 * hour,
  restoreTest: 8 * 24 * hour,
  /** Beside the minute that it may wait for more; some providers let it wait longer, and nobody can change that. */
  archive: 4 * minute,
  seal: 10 * minute,
  chainCheck: 26 * hour,
};
const nearlyFull = 0.8;

/** `off`: nothing here does that, on purpose. */
export type PartState = "working" | "look" | "broken" | "off";

export interface PartReport {
  name: string;
  state: PartState;
  /** How it stands, after the name. */
  words: string;
  /** When what the words tell of was, or since when it is so. */
  at: string | null;
  /** The page of docs/runbooks that says what to do, where there is something to do. */
  runbook: string | null;
}

export const stateWords: Record<PartState, string> = {
  working: "Working",
  look: "Needs a look",
  broken: "Broken",
  off: "Not in use",
};

/** Every part in words, in the order of the page. */
export function reportParts(operations: Operations): PartReport[] {
  const now = Date.parse(operations.checkedAt);
  const ages: Age = (at, bound) => at !== null && now - Date.parse(at) > bound;
  return [
    reportDatabase(operations),
    reportStorage(operations),
    reportScanner(operations, ages),
    reportMail(operations, ages),
    reportQueues(operations, ages),
    reportBackup(operations, ages),
    reportRestoreTest(operations, ages),
    reportArchive(operations, ages),
    reportAudit(operations, ages),
  ];
}

type Age = (at: string | null, bound: number) => boolean;

/** How many parts are not as they should be. */
export function countTroubles(parts: readonly PartReport[]): number {
  return parts.filter(({ state }) => state === "look" || state === "broken").length;
}

function part(name: string, rest: Partial<PartReport> & { words: string }): PartReport {
  return { name, state: "working", at: null, runbook: null, ...rest };
}

function reportDatabase({ database }: Operations): PartReport {
  const name = "Database";
  if (!database)
    return part(name, {
      state: "broken",
      words: "did not answer within three seconds",
      runbook: "database-pool-exhausted",
    });
  return part(name, {
    words: `PostgreSQL ${database.version}, ${formatBytes(database.sizeBytes)}, answers in ${formatMs(database.answerMs)}`,
  });
}

function reportStorage({ storage }: Operations): PartReport {
  const name = "File storage";
  if (storage.answerMs === null)
    return part(name, {
      state: "broken",
      words: "takes no files; letters are refused until it does",
      runbook: "error-budget-burn",
    });
  const size = `${count(storage.files, "resume")}, ${formatBytes(storage.usedBytes)}`;
  const isNearlyFull = storage.quotaBytes !== null && storage.usedBytes > storage.quotaBytes * nearlyFull;
  const room = storage.quotaBytes === null ? size : `${size} of ${formatBytes(storage.quotaBytes)}`;
  return isNearlyFull
    ? part(name, { state: "look", words: `is nearly full: ${room}`, runbook: "storage-nearly-full" })
    : part(name, { words: room });
}

function reportScanner({ scanner }: Operations, ages: Age): PartReport {
  const name = "Virus scanner";
  if (scanner.name === "none")
    return part(name, { state: "off", words: "there is none; resumes are opened unchecked" });
  const waiting =
    scanner.waiting === 0 ? "" : `; ${count(scanner.waiting, "resume")} waiting, locked meanwhile`;
  if (scanner.version === null)
    return part(name, {
      ...{ state: "broken", words: `does not answer${waiting}` },
      ...{ at: scanner.oldestAt, runbook: "scanner-away" },
    });
  const version = scanner.version.split("/").slice(0, 2).join(", signatures ");
  return part(name, {
    words: `${version}${waiting}`,
    ...(ages(scanner.oldestAt, bounds.scan) && {
      ...{ state: "look", at: scanner.oldestAt, runbook: "scan-backlog" },
    }),
  });
}

function reportMail({ mail }: Operations, ages: Age): PartReport {
  const waiting = mail.queued + mail.sending;
  const words = [
    waiting === 0 ? "nothing waits" : `${count(waiting, "mail")} waiting`,
    ...(mail.failed > 0 ? [`${mail.failed.toLocaleString("en-GB")} given up`] : []),
    ...(mail.suppressed > 0 ? [`${mail.suppressed.toLocaleString("en-GB")} held back`] : []),
  ].join(", ");
  if (ages(mail.oldestDueAt, bounds.mail))
    return part("Mail", { state: "broken", words, at: mail.oldestDueAt, runbook: "mail-stuck" });
  return part("Mail", mail.failed > 0 ? { state: "look", words, runbook: "mail-failed" } : { words });
}

function reportQueues({ queues }: Operations, ages: Age): PartReport {
  const sum = (key: "waiting" | "running" | "dead") => queues.reduce((total, queue) => total + queue[key], 0);
  const oldest = queues.flatMap(({ oldestAt }) => oldestAt ?? []).sort()[0] ?? null;
  const waiting = sum("waiting");
  const running = sum("running");
  const words = `${waiting === 0 ? "nothing waits" : `${count(waiting, "job")} waiting`}${running === 0 ? "" : `, ${running.toLocaleString("en-GB")} running`}`;
  if (ages(oldest, bounds.queue))
    return part("Queue", { state: "broken", words, at: oldest, runbook: "queue-old" });
  const dead = sum("dead");
  if (dead === 0) return part("Queue", { words });
  return part("Queue", {
    state: "look",
    words: `${words}, ${count(dead, "job")} gave up`,
    runbook: "dead-jobs",
  });
}

const kindWords = { FULL: "full", DIFFERENTIAL: "differential", FILE: "one file" };

function reportBackup({ backup }: Operations, ages: Age): PartReport {
  const runbook = "backup-old";
  if (!backup.lastAt) return part("Backup", { state: "look", words: "there has never been one", runbook });
  const words = backup.kind ? kindWords[backup.kind] : "made";
  const isOld = ages(backup.lastAt, bounds.backup);
  return part("Backup", { words, at: backup.lastAt, ...(isOld && { state: "broken", runbook }) });
}

function reportRestoreTest({ backup }: Operations, ages: Age): PartReport {
  const name = "Restore";
  const runbook = "restore-unproven";
  if (!backup.restoreTestAt)
    return part(name, { state: "look", words: "nobody has proved yet that a backup comes back", runbook });
  const isOld = ages(backup.restoreTestAt, bounds.restoreTest);
  return part(name, {
    ...{ words: "a backup was restored and compared", at: backup.restoreTestAt },
    ...(isOld && { state: "look", runbook }),
  });
}

function reportArchive({ backup: { archive } }: Operations, ages: Age): PartReport {
  const name = "Change log";
  if (!archive)
    return part(name, { state: "off", words: "is not archived; a restore goes back to a backup" });
  const bound = bounds.archive + Math.max(60, archive.everySeconds) * 1000;
  if (archive.isFailing || archive.lastAt === null || ages(archive.lastAt, bound))
    return part(name, {
      ...{ state: "broken", words: "does not get into the archive" },
      ...{ at: archive.lastAt, runbook: "archive-lag" },
    });
  return part(name, { words: "is archived", at: archive.lastAt });
}

function reportAudit({ audit }: Operations, ages: Age): PartReport {
  if (audit.isWhole === false)
    return part("Audit", {
      ...{ state: "broken", words: "is not what was sealed" },
      ...{ at: audit.checkedAt, runbook: "audit-broken" },
    });
  if (ages(audit.unsealedSince, bounds.seal))
    return part("Audit", {
      ...{ state: "look", words: "is not being sealed" },
      ...{ at: audit.unsealedSince, runbook: "audit-unsealed" },
    });
  if (ages(audit.checkedAt, bounds.chainCheck))
    return part("Audit", {
      ...{ state: "look", words: "was not checked last night" },
      ...{ at: audit.checkedAt, runbook: "audit-unsealed" },
    });
  return part("Audit", {
    words: audit.checkedAt ? "was found whole" : "is sealed; the first check of it all comes tonight",
    at: audit.checkedAt,
  });
}

function count(amount: number, unit: string): string {
  return `${amount.toLocaleString("en-GB")} ${unit}${amount === 1 ? "" : "s"}`;
}

function formatMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
