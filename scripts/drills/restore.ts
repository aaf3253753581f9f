import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort, type ServerProcess, startServer } from "../bench/processes";
import { memoryFlags } from "../setup/memory-flags.mjs";
import { type ArchivedPostgres, createArchivedPostgres, query } from "./archived-postgres";
import { findDebianTools } from "./debian-tools";
import { type Acknowledged, startSubmitting } from "./submit-load";

/**
 * Loses the database twice under load and gets it back: a table that somebody drops, to the second before; the whole disk, to the newest
 * that was archived. Ends with 1 when that takes longer or loses more than the bounds allow, or when anything of before is not as it was.
 */
const mostMinutes = 15;
const mostLostSeconds = 60;

const repository = resolve(import.meta.dirname, "../..");
const resume = join(repository, "tests/fixtures/resumes/resume.pdf");
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Office {
  postgres: ArchivedPostgres;
  environment: Record<string, string>;
}

const openServer = async ({ environment }: Office): Promise<ServerProcess> =>
  startServer({
    ...{ entry: join(repository, "apps/api/dist/main.js"), readyPath: "/readyz" },
    ...{ port: await findFreePort(), flags: memoryFlags, environment },
  });

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "intake-drill-"));
  await chmod(directory, 0o711);
  const postgres = await createArchivedPostgres({
    ...{ tools: findDebianTools(), directory: join(directory, "postgres"), port: await findFreePort() },
    ...{ archiveSeconds: 60, cipherPass: randomBytes(32).toString("base64") },
  });
  const environment = {
    ...{ DATABASE_URL: postgres.connectionString, DATA_DIR: join(directory, "data") },
    ...{ RATE_LIMITS: "off", LOG_LEVEL: "error", MAIL: "file" },
  };
  const office = { postgres, environment };
  try {
    const failures = [...(await dropTable(office)), ...(await loseDisk(office))];
    for (const failure of failures) say(`FAILED: ${failure}`);
    return failures.length > 0 ? 1 : 0;
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Somebody drops a table; back to the second before. */
async function dropTable(office: Office): Promise<string[]> {
  const { postgres } = office;
  const server = await openServer(office);
  await postgres.backrest("backup", "--type=full");
  const load = startSubmitting({ url: server.url, resume, clients: 4 });
  await delay(5_000);
  await postgres.backrest("backup", "--type=diff");
  await delay(5_000);
  await load.stop();
  // Its worker would go on writing between the two.
  await server.stop();
  const before = await fingerprint(postgres);
  const [moment] = await query<{ at: string }>(
    postgres.connectionString,
    "SELECT clock_timestamp()::text AS at",
  );
  await delay(1_000);
  await query(postgres.connectionString, "DROP TABLE leads CASCADE");
  const begun = Date.now();
  await postgres.stop();
  await postgres.backrest(
    "restore",
    "--delta",
    "--type=time",
    `--target=${moment?.at}`,
    "--target-action=promote",
  );
  await postgres.start();
  const again = await openServer(office);
  const minutes = (Date.now() - begun) / 60_000;
  const after = await fingerprint(postgres);
  await again.stop();
  say(`Dropped table: ${load.acknowledged.length} leads, back in ${(minutes * 60).toFixed(1)} s.`);
  return [
    ...tooLong(minutes),
    ...(after === before ? [] : ["the tables are not as they were in the second before"]),
    ...(await lostOf(office, load.acknowledged)),
    ...(await storageProblems(office)),
  ];
}

/** The disk of the database is gone; back to the newest that was archived. */
async function loseDisk(office: Office): Promise<string[]> {
  const { postgres } = office;
  await postgres.backrest("backup", "--type=diff");
  const server = await openServer(office);
  const load = startSubmitting({ url: server.url, resume, clients: 4 });
  // Longer than the log may go unarchived.
  await delay(75_000);
  await postgres.kill();
  const destroyedAt = Date.now();
  await load.stop();
  await server.stop();
  await rm(postgres.cluster, { recursive: true });
  await postgres.backrest("restore");
  await postgres.start();
  const again = await openServer(office);
  const minutes = (Date.now() - destroyedAt) / 60_000;
  await again.stop();
  const lost = await missingOf(office, load.acknowledged);
  const oldestLost = Math.min(...lost.map(({ at }) => at), destroyedAt);
  const lostSeconds = (destroyedAt - oldestLost) / 1000;
  say(
    `Lost disk: back in ${(minutes * 60).toFixed(1)} s (RTO), the last ${lostSeconds.toFixed(1)} s are gone (RPO): ${lost.length} of ${load.acknowledged.length} leads. Their files are still in storage.`,
  );
  const kept = load.acknowledged.filter(({ at }) => at < oldestLost);
  return [
    ...tooLong(minutes),
    ...(lostSeconds > mostLostSeconds ? [`more than ${mostLostSeconds} s are gone`] : []),
    ...(await lostOf(office, kept)),
    ...(await storageProblems(office)),
  ];
}

function tooLong(minutes: number): string[] {
  return minutes > mostMinutes ? [`it took ${minutes.toFixed(1)} minutes`] : [];
}

/** One hash over every row of leads, resumes and the audit. */
async function fingerprint({ connectionString }: ArchivedPostgres): Promise<string> {
  const hash = createHash("sha256");
  for (const table of ["leads", "resumes", "audit_events"]) {
    const rows = await query<{ row: string }>(
      connectionString,
      `SELECT t::text AS row FROM ${table} t ORDER BY id`,
    );
    for (const { row } of rows) hash.update(row);
  }
  return hash.digest("hex");
}

async function missingOf({ postgres }: Office, acknowledged: Acknowledged[]): Promise<Acknowledged[]> {
  const rows = await query<{ lead_id: string; sha256: string }>(
    postgres.connectionString,
    "SELECT lead_id, sha256 FROM resumes",
  );
  const found = new Map(rows.map((row) => [row.lead_id, row.sha256]));
  return acknowledged.filter(({ id, sha256 }) => found.get(id) !== sha256);
}

async function lostOf(office: Office, acknowledged: Acknowledged[]): Promise<string[]> {
  const lost = await missingOf(office, acknowledged);
  return lost.length > 0 ? [`${lost.length} acknowledged leads are missing or have another file`] : [];
}

/** Every file that a row names is there: the product's own check says so. */
async function storageProblems({ environment }: Office): Promise<string[]> {
  const command = ["--import", "tsx", join(repository, "apps/api/src/commands/check-storage.ts")];
  return promisify(execFile)(process.execPath, command, {
    env: { PATH: process.env.PATH, ...environment },
  }).then(
    () => [],
    (error: { stdout?: string }) => [`rows and files disagree:\n${error.stdout}`],
  );
}

process.exitCode = await main();
