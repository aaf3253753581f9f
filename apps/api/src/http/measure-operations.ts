import { findNightlyCheck } from "@intake/core/audit/nightly-check";
import type { Effects } from "@intake/core/context";
import { countWaitingMails } from "@intake/core/mail/count-waiting-mails";
import { countFiles } from "@intake/core/operations/count-files";
import { findLongestWaits } from "@intake/core/operations/find-longest-waits";
import { readBackups } from "@intake/core/operations/read-backups";
import { readSealing } from "@intake/core/operations/read-sealing";
import { countWaitingScans } from "@intake/core/resumes/count-waiting-scans";
import type { Metrics } from "../metrics";

/** What this process knows without asking anybody: its connections, its replicas and its scanner. */
export function measureProcess({ db, replicas, scanner, quota }: Effects, metrics: Metrics): void {
  const { totalCount, idleCount, waitingCount } = db.pool;
  metrics.poolConnections.set({ state: "busy" }, totalCount - idleCount);
  metrics.poolConnections.set({ state: "idle" }, idleCount);
  metrics.poolLimit.set(db.pool.options.max ?? 0);
  metrics.poolWaiting.set(waitingCount);
  for (const [index, lag] of replicas.lagSeconds().entries())
    metrics.replicaLag.set({ replica: String(index + 1) }, lag);
  metrics.isScannerAway.set(scanner.state() === "open" ? 1 : 0);
  metrics.quotaBytes.set(quota.maxBytes ?? 0);
}

export async function measureWaiting(effects: Effects, metrics: Metrics): Promise<void> {
  const [mails, scans, waits] = await Promise.all([
    countWaitingMails(effects),
    countWaitingScans(effects),
    findLongestWaits(effects),
  ]);
  for (const [state, count] of Object.entries(mails)) metrics.waitingMails.set({ state }, count);
  metrics.waitingScans.set(scans);
  metrics.oldestScan.set(secondsSince(effects, waits.scanSince));
  metrics.oldestMail.set(secondsSince(effects, waits.mailDueAt));
}

export async function measureQueues(effects: Effects, metrics: Metrics): Promise<void> {
  for (const { name, oldestAt, waiting, running, dead } of await effects.queue.states()) {
    for (const [state, jobs] of Object.entries({ waiting, running, dead }))
      metrics.queueJobs.set({ queue: name, state }, jobs);
    metrics.queueAge.set({ queue: name }, secondsSince(effects, oldestAt));
  }
}

export async function measureStorage(effects: Effects, metrics: Metrics): Promise<void> {
  metrics.storedBytes.set(await effects.quota.usedBytes());
  metrics.storedFiles.set(await countFiles(effects));
}

export async function measureSafety(effects: Effects, metrics: Metrics): Promise<void> {
  const [backups, sealing, nightly] = await Promise.all([
    readBackups(effects),
    readSealing(effects),
    findNightlyCheck(effects),
  ]);
  metrics.backupAt.set({ kind: "backup" }, unixSeconds(backups.lastAt));
  metrics.backupAt.set({ kind: "restore_test" }, unixSeconds(backups.restoreTestAt));
  if (backups.archive) {
    metrics.isArchiveFailing.set({ place: "archive" }, backups.archive.isFailing ? 1 : 0);
    metrics.archivedAt.set({ place: "archive" }, unixSeconds(backups.archive.lastAt));
  }
  metrics.auditSealedAt.set(unixSeconds(sealing.sealedAt));
  metrics.auditUnsealed.set(secondsSince(effects, sealing.unsealedSince));
  metrics.auditCheckedAt.set(nightly ? Date.parse(nightly.at) / 1000 : 0);
  metrics.isAuditBroken.set(nightly?.isWhole === false ? 1 : 0);
}

function unixSeconds(at: Date | null): number {
  return at ? at.getTime() / 1000 : 0;
}

function secondsSince({ now }: Effects, at: Date | null): number {
  return at ? Math.max(0, (now().getTime() - at.getTime()) / 1000) : 0;
}
