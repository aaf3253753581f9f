import { describe, expect, test } from "vitest";
import { countTroubles, reportParts } from "./policy";
import type { Operations } from "./schema";

const checkedAt = "2026-11-24T09:00:00.000Z";
const ago = (minutes: number) => new Date(Date.parse(checkedAt) - minutes * 60_000).toISOString();

const calm: Operations = {
  checkedAt,
  database: { answerMs: 1.24, version: "18.4", sizeBytes: 52_428_800 },
  storage: { answerMs: 2, usedBytes: 1_048_576, files: 1, quotaBytes: 10_485_760 },
  scanner: { name: "clamav", version: "ClamAV 1.4.3/27500/Mon Nov 23", waiting: 0, oldestAt: null },
  mail: { queued: 0, sending: 0, failed: 0, suppressed: 0, oldestDueAt: null },
  queues: [{ name: "mail.deliver", waiting: 3, running: 1, dead: 0, oldestAt: ago(1) }],
  deadJobs: [],
  backup: {
    ...{ lastAt: ago(60), kind: "FULL", restoreTestAt: ago(60 * 24) },
    archive: { lastAt: ago(1), isFailing: false, everySeconds: 60 },
  },
  audit: { sealedAt: ago(1), unsealedSince: null, checkedAt: ago(300), isWhole: true },
  version: { intake: "1.0.0", migration: "1_x", migratedAt: ago(900), startedAt: ago(90) },
};

const reportOf = (changes: Partial<Operations>, name: string) =>
  reportParts({ ...calm, ...changes }).find((each) => each.name === name);

test("a calm office has nothing to look at, and says what each part does", () => {
  const parts = reportParts(calm);
  expect(countTroubles(parts)).toBe(0);
  expect(parts.map(({ name, words }) => `${name} ${words}`)).toEqual([
    "Database PostgreSQL 18.4, 50 MB, answers in 1.2 ms",
    "File storage 1 resume, 1 MB of 10 MB",
    "Virus scanner ClamAV 1.4.3, signatures 27500",
    "Mail nothing waits",
    "Queue 3 jobs waiting, 1 running",
    "Backup full",
    "Restore a backup was restored and compared",
    "Change log is archived",
    "Audit was found whole",
  ]);
  expect(parts.every(({ runbook }) => runbook === null)).toBe(true);
});

describe("every trouble has its state and the page that says what to do", () => {
  const { scanner, mail, backup, audit, storage } = calm;
  const queue = { name: "resume.scan", waiting: 1, running: 0, dead: 0 };
  test.each<[string, Partial<Operations>, string]>([
    ["Database", { database: null }, "broken: database-pool-exhausted"],
    ["File storage", { storage: { ...storage, answerMs: null } }, "broken: error-budget-burn"],
    ["File storage", { storage: { ...storage, usedBytes: 9_000_000 } }, "look: storage-nearly-full"],
    ["Virus scanner", { scanner: { ...scanner, version: null, waiting: 2 } }, "broken: scanner-away"],
    ["Virus scanner", { scanner: { ...scanner, waiting: 1, oldestAt: ago(11) } }, "look: scan-backlog"],
    ["Mail", { mail: { ...mail, queued: 1, oldestDueAt: ago(16) } }, "broken: mail-stuck"],
    ["Mail", { mail: { ...mail, failed: 1 } }, "look: mail-failed"],
    ["Queue", { queues: [{ ...queue, oldestAt: ago(16) }] }, "broken: queue-old"],
    ["Queue", { queues: [{ ...queue, dead: 1, oldestAt: null }] }, "look: dead-jobs"],
    ["Backup", { backup: { ...backup, lastAt: null, kind: null } }, "look: backup-old"],
    ["Backup", { backup: { ...backup, lastAt: ago(27 * 60) } }, "broken: backup-old"],
    ["Restore", { backup: { ...backup, restoreTestAt: null } }, "look: restore-unproven"],
    ["Restore", { backup: { ...backup, restoreTestAt: ago(9 * 24 * 60) } }, "look: restore-unproven"],
    [
      "Change log",
      { backup: { ...backup, archive: { lastAt: ago(1), isFailing: true, everySeconds: 60 } } },
      "broken: archive-lag",
    ],
    [
      "Change log",
      { backup: { ...backup, archive: { lastAt: ago(6), isFailing: false, everySeconds: 60 } } },
      "broken: archive-lag",
    ],
    ["Audit", { audit: { ...audit, isWhole: false } }, "broken: audit-broken"],
    ["Audit", { audit: { ...audit, unsealedSince: ago(11) } }, "look: audit-unsealed"],
    ["Audit", { audit: { ...audit, checkedAt: ago(27 * 60) } }, "look: audit-unsealed"],
  ])("%s", (name, changes, expected) => {
    const report = reportOf(changes, name);
    expect(`${report?.state}: ${report?.runbook}`).toBe(expected);
  });
});

test("a provider whose log waits five minutes is not late after six", () => {
  const at = (minutes: number) => ({ lastAt: ago(minutes), isFailing: false, everySeconds: 300 });
  const stateAt = (minutes: number) =>
    reportOf({ backup: { ...calm.backup, archive: at(minutes) } }, "Change log")?.state;
  expect([stateAt(6), stateAt(10)]).toEqual(["working", "broken"]);
});

test("what an office has not, it does not miss", () => {
  const none = { name: "none", version: null, waiting: 0, oldestAt: null } as const;
  expect(reportOf({ scanner: none }, "Virus scanner")).toMatchObject({ state: "off", runbook: null });
  expect(reportOf({ backup: { ...calm.backup, archive: null } }, "Change log")).toMatchObject({
    state: "off",
  });
});
