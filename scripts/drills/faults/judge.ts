import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { sweepOrphans } from "@intake/core/resumes/sweep-orphans";
import { createDatabase } from "@intake/db/database";
import { query } from "../archived-postgres";
import type { Office } from "./office";
import type { Traffic } from "./traffic";

const commands = resolve(import.meta.dirname, "../../../apps/api/src/commands");

/** What became of the promises of a run: counters for people, and every breach in words. */
export interface Judgement {
  counters: Record<string, number | string>;
  breaches: string[];
}

interface LeadRow {
  id: string;
  email: string;
  status: string;
  key: string | null;
  mails: number;
  settled: number;
  /** Of its mails, how many an open digest will tell. */
  held: number;
  resume_id: string | null;
  storage_key: string | null;
  key_name: string | null;
  [column: string]: unknown;
}

/** Compares what clients were told with what is there. The product may run. */
export async function judge(office: Office, seen: Omit<Traffic, "stop">): Promise<Judgement> {
  const { connectionString, storage } = office;
  const leads = await query<LeadRow>(
    connectionString,
    `SELECT l.id, l.email, l.status::text, i.key, r.id AS resume_id, r.storage_key, r.key_name,
       (SELECT count(*)::int FROM outbox_mails m WHERE m.lead_id = l.id AND m.kind IN ('LEAD_RECEIPT', 'LEAD_NOTICE')) AS mails,
       (SELECT count(*)::int FROM audit_events e JOIN outbox_mails m ON m.id::text = e.data->>'mailId'
          WHERE e.lead_id = l.id AND m.kind IN ('LEAD_RECEIPT', 'LEAD_NOTICE')
            AND e.type IN ('mail.sent', 'mail.failed', 'mail.suppressed')) AS settled,
       (SELECT count(*)::int FROM outbox_mails m WHERE m.lead_id = l.id AND m.state = 'QUEUED' AND m.digest_id IS NOT NULL) AS held
     FROM leads l LEFT JOIN resumes r ON r.lead_id = l.id LEFT JOIN idempotency_records i ON i.lead_id = l.id`,
  );
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  const perEmail = new Map<string, number>();
  for (const { email } of leads) perEmail.set(email, (perEmail.get(email) ?? 0) + 1);

  const breaches: string[] = [];
  const counters: Judgement["counters"] = { LOST: 0, GHOST: 0, DUPL: 0 };
  const breach = (name: string, words: string) => {
    counters[name] = Number(counters[name]) + 1;
    breaches.push(`${name}: ${words}`);
  };
  for (const { email, isValid, outcome, key, sha256 } of seen.submissions) {
    const there = perEmail.get(email) ?? 0;
    if (there > 1) breach("DUPL", `${email} is there ${there} times`);
    if (!isValid || (outcome && "refused" in outcome)) {
      if (there > 0) breach("GHOST", `${email} was refused and is there`);
      continue;
    }
    if (outcome === null) continue;
    const lead = byId.get(outcome.id);
    if (!lead?.resume_id || lead.email !== email || lead.key !== key) {
      breach("LOST", `${email} was acknowledged and is not there whole`);
      continue;
    }
    const place = {
      ...{
        storageKey: lead.storage_key ?? "",
        leadId: lead.id,
        resumeId: lead.resume_id,
        keyName: lead.key_name,
      },
    };
    if ((await hashOf(storage, place)) !== sha256)
      breach("LOST", `the file of ${email} is not what was sent`);
    if (lead.mails !== 2) breach("LOST", `${email} has ${lead.mails} mails instead of 2`);
    if (lead.settled + lead.held !== 2)
      breach("LOST", `the mails of ${email} were settled ${lead.settled} times instead of 2`);
  }
  for (const id of seen.changed)
    if (byId.get(id)?.status !== "REACHED_OUT") breach("LOST", `an acknowledged change of lead ${id}`);

  judgeMails(office, counters, breaches);
  await judgeStorage(office, counters, breaches);
  for (const [status, times] of seen.answers)
    if (/ 5(?!03)/.test(status)) breaches.push(`${times} answers were ${status}`);
  Object.assign(counters, {
    leads: leads.length,
    submissions: seen.submissions.length,
    changes: seen.changed.size,
    answers: [...seen.answers]
      .map(([what, times]) => `${what}: ${times}`)
      .sort()
      .join(", "),
  });
  return { counters, breaches };
}

async function hashOf(
  storage: Office["storage"],
  place: Parameters<Office["storage"]["get"]>[0],
): Promise<string | null> {
  try {
    const hash = createHash("sha256");
    for await (const piece of await storage.get(place)) hash.update(piece);
    return hash.digest("hex");
  } catch {
    return null;
  }
}

function judgeMails({ mails }: Office, counters: Judgement["counters"], breaches: string[]): void {
  const twice = [...mails.values()].filter((ids) => ids.length > 1);
  counters.mails = mails.size;
  counters.DUPM = twice.reduce((sum, ids) => sum + ids.length - 1, 0);
  const strange = twice.filter((ids) => new Set(ids).size > 1 || ids.includes(""));
  if (strange.length > 0)
    breaches.push(`${strange.length} mails were sent twice under different Message-IDs`);
}

/** The sweeper runs as if a day had passed; then the product's own commands say whether files and audit are whole. */
async function judgeStorage(
  office: Office,
  counters: Judgement["counters"],
  breaches: string[],
): Promise<void> {
  const { connectionString, environment, storage } = office;
  const db = createDatabase({ connectionString, maxConnections: 2 });
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const tomorrow = () => new Date(Date.now() + 25 * 60 * 60 * 1000);
  const ctx = { actor: { type: "system" as const, job: "drill" }, requestId: null, source: null };
  try {
    const { orphans } = await sweepOrphans({ db, storage, log, now: tomorrow, ...ctx }, { dryRun: false });
    counters.swept = orphans;
  } finally {
    await db.close();
  }
  const { PATH } = process.env;
  // Past the lines, like everything here.
  const env = { PATH, ...environment, DATABASE_URL: connectionString };
  const run = (name: string) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", join(commands, `${name}.ts`)], { env }).then(
      ({ stdout }) => ({ isGood: true, said: stdout.trim() }),
      (error: { stdout?: string; message: string }) => ({
        isGood: false,
        said: error.stdout || error.message,
      }),
    );
  const files = await run("check-storage");
  if (!files.isGood || !files.said.includes("Files without a resume: 0"))
    breaches.push(`ORPHANS: ${files.said}`);
  // What the last seconds wrote is sealed a moment later.
  await delay(5_000);
  const audit = await run("verify-audit");
  counters.audit = audit.said;
  if (!audit.isGood) breaches.push(`AUDIT: ${audit.said}`);
}

function ignore(): void {}

interface Patience {
  mostSeconds: number;
  /** Whether mails count that wait on purpose, five minutes, for a digest that tells many leads at once. */
  hasDigests: boolean;
  say(line: string): void;
}

/** Resolves to the seconds until no mail and no file waits any more, or to null when that takes longer than they may. */
export async function untilDrained(
  { connectionString }: Office,
  { mostSeconds, hasDigests, say }: Patience,
): Promise<number | null> {
  const begun = Date.now();
  for (let looks = 1; ; looks += 1) {
    const [row] = await query<{ mails: number; files: number }>(
      connectionString,
      `SELECT (SELECT count(*)::int FROM outbox_mails WHERE state IN ('QUEUED', 'SENDING')
           AND (${hasDigests} OR (digest_id IS NULL AND NOT (kind = 'LEAD_DIGEST' AND attempts = 0)))) AS mails,
         (SELECT count(*)::int FROM resumes WHERE scan_state = 'PENDING') AS files`,
    );
    const seconds = (Date.now() - begun) / 1000;
    if (row?.mails === 0 && row.files === 0) return seconds;
    if (looks % 30 === 0) say(`Still waiting: ${row?.mails} mails, ${row?.files} files unexamined.`);
    if (seconds > mostSeconds) return null;
    await delay(2_000);
  }
}

/**
 * Resolves to the seconds until the queue holds no job that could run now, or to null when that takes longer. What is planned for later, as a
 * digest or another try of a mail, is no backlog.
 */
export async function untilQueueDrained(
  { connectionString }: Office,
  mostSeconds: number,
): Promise<number | null> {
  const begun = Date.now();
  for (;;) {
    const [row] = await query<{ waiting: number }>(
      connectionString,
      `SELECT count(*)::int AS waiting FROM pgboss.job
       WHERE state IN ('created', 'retry') AND start_after <= now() AND name NOT LIKE '\\_\\_pgboss%'`,
    );
    const seconds = (Date.now() - begun) / 1000;
    if (row?.waiting === 0) return seconds;
    if (seconds > mostSeconds) return null;
    await delay(500);
  }
}
