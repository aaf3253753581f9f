import type { Operations } from "@intake/core/operations/schema";

/** An office where everything works, looked at now. */
export function sampleOperations(changes: Partial<Operations> = {}): Operations {
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  return {
    checkedAt: at(0),
    database: { answerMs: 1.2, version: "18.4", sizeBytes: 52_428_800 },
    storage: { answerMs: 2, usedBytes: 1_048_576, files: 3, quotaBytes: null },
    scanner: { name: "none", version: null, waiting: 0, oldestAt: null },
    mail: { queued: 0, sending: 0, failed: 0, suppressed: 0, oldestDueAt: null },
    queues: [
      { name: "mail.deliver", waiting: 2, running: 1, dead: 0, oldestAt: at(1) },
      { name: "resume.scan", waiting: 0, running: 0, dead: 0, oldestAt: null },
    ],
    deadJobs: [],
    backup: { lastAt: at(60), kind: "FULL", restoreTestAt: at(600), archive: null },
    audit: { sealedAt: at(1), unsealedSince: null, checkedAt: at(300), isWhole: true },
    version: {
      ...{ intake: "1.0.0", migration: "20261124183000_operations" },
      ...{ migratedAt: at(900), startedAt: at(90) },
    },
    ...changes,
  };
}
