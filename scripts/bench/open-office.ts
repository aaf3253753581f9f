import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import pg from "pg";
import { memoryFlags } from "../setup/memory-flags.mjs";
import { copyDatabase, databaseAt, makeFilledDatabase, run } from "./filled-database";
import { findFreePort, type ServerOptions, type ServerProcess, startServer } from "./processes";
import { type StaffSession, signIn, trySigningIn } from "./staff-session";

/** Both servers on one PostgreSQL, each on a database of its own with the same rows. */
export interface Office {
  connectionString: string;
  ours: ServerProcess;
  floor: ServerProcess;
  /** The same, but files are encrypted. */
  sealingFloor: ServerProcess;
  session: StaffSession;
  /** Of the one person there is. */
  credentials: { email: string; password: string };
  /** Another of ours: on the same database or on a folder with a database of its own; of the same build or another. */
  startAnother(input?: {
    dataDirectory?: string;
    entry?: string;
    connectionString?: string;
  }): Promise<ServerProcess>;
  /** One more sign-in at ours, with the right password; resolves to the status of the answer. */
  signIn(): Promise<number>;
  /** Another database with so many leads on the same server; resolves to its address. */
  makeDatabase(leads: number): Promise<string>;
  /** From here on PostgreSQL counts anew what statements take. */
  forgetStatements(): Promise<void>;
  /** The slowest of the product's own statements, by their mean in milliseconds. */
  slowestStatements(): Promise<{ query: string; mean: number }[]>;
  /** How often a table of many rows was read from end to end since then. */
  countSequentialScans(): Promise<number>;
  /** Resolves once PostgreSQL works on nothing any more: whoever asked may have gone before it was done. */
  settle(): Promise<void>;
  /** Takes what submissions left to the worker out of the way: mails and files to be examined. */
  clearJobs(): Promise<unknown>;
  close(): Promise<void>;
}

interface OfficeOptions {
  repository: string;
  directory: string;
  /** Holds the filled databases from run to run; without one they go with `directory`. */
  keep: string | undefined;
  leads: number;
  /** Built server, relative to the repository. */
  entry: string;
  /** Folder for a CPU profile of ours. */
  profile: string | undefined;
  say(line: string): void;
}

const databaseName = "intake";
const quiet = { info: () => undefined, warn: () => undefined, error: console.error };

export async function openOffice(options: OfficeOptions): Promise<Office> {
  const { repository, directory, keep, profile } = options;
  const postgres = await startEmbeddedPostgres({
    ...{ dataDirectory: join(keep ?? directory, "postgres"), log: quiet },
    settings: { shared_preload_libraries: "pg_stat_statements" },
  });
  const { connectionString } = postgres;
  await makeFilledDatabase({ ...options, connectionString, name: databaseName });

  const settings = { RATE_LIMITS: "off", LOG_LEVEL: "warn", MAIL: "file" };
  const credentials = { email: "bench@calderrowe.example", password: randomBytes(18).toString("base64url") };
  const environment = {
    ...settings,
    DATABASE_URL: connectionString,
    DATA_DIR: join(directory, "data"),
    ADMIN_EMAIL: credentials.email,
    ADMIN_PASSWORD: credentials.password,
  };
  const port = await findFreePort();
  const startOurs = (others: Partial<ServerOptions> = {}) =>
    startServer({
      ...{ entry: join(repository, options.entry), readyPath: "/readyz" },
      ...{ port, flags: memoryFlags, environment, ...others },
    });
  // A first start makes the queue's tables, the admin and the session that both servers will know.
  const first = await startOurs();
  const session = await signIn(first.url, credentials);
  await first.stop();
  await copyDatabase(connectionString, `${databaseName}_floor`);
  const floorConnection = databaseAt(connectionString, `${databaseName}_floor`);

  const floorSettings = { DATABASE_URL: floorConnection, STORAGE_DIR: join(directory, "floor-storage") };
  await mkdir(floorSettings.STORAGE_DIR);
  const floor = await startFloor(floorSettings);
  const sealingFloor = await startFloor({
    ...floorSettings,
    MASTER_KEY: randomBytes(32).toString("base64"),
  });
  const profiling = profile ? ["--cpu-prof", `--cpu-prof-dir=${resolve(profile)}`] : [];
  const ours = await startOurs({ flags: [...memoryFlags, ...profiling] });
  return {
    ...{ connectionString, ours, floor, sealingFloor, session, credentials },
    startAnother: async ({ dataDirectory, entry, connectionString: other } = {}) =>
      startOurs({
        port: await findFreePort(),
        ...(entry && { entry }),
        ...(other && { environment: { ...environment, DATABASE_URL: other } }),
        ...(dataDirectory && { environment: { ...settings, DATA_DIR: dataDirectory } }),
      }),
    makeDatabase: (leads) =>
      makeFilledDatabase({ ...options, connectionString, leads, name: `${databaseName}_${leads}` }),
    signIn: () => trySigningIn(ours.url, credentials),
    forgetStatements: () =>
      run(connectionString, [
        "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
        "SELECT pg_stat_statements_reset()",
        "SELECT pg_stat_reset()",
      ]),
    countSequentialScans: () => countSequentialScans(connectionString),
    slowestStatements: () => findSlowest(connectionString),
    settle: () => settle(connectionString),
    clearJobs: () => Promise.all([connectionString, floorConnection].map(clearJobs)),
    async close() {
      await ours.stop();
      await floor.stop();
      await sealingFloor.stop();
      await postgres.stop();
    },
  };
}

async function startFloor(environment: Record<string, string>): Promise<ServerProcess> {
  const entry = join(import.meta.dirname, "floor.mjs");
  return startServer({ entry, port: await findFreePort(), environment });
}

function clearJobs(connectionString: string): Promise<void> {
  return run(connectionString, [
    "UPDATE outbox_mails SET state = 'SENT', sent_at = created_at WHERE state = 'QUEUED'",
    "DELETE FROM pgboss.job WHERE name IN ('mail.deliver', 'resume.scan') AND state = 'created'",
  ]);
}

async function findSlowest(connectionString: string): Promise<{ query: string; mean: number }[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ query: string; mean: number }>(
      `SELECT regexp_replace(left(query, 80), '\\s+', ' ', 'g') AS query, mean_exec_time AS mean FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%OFFSET (SELECT sum%'
          AND query NOT LIKE '%hashtext(reference)%' ORDER BY mean_exec_time DESC LIMIT 3`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

async function countSequentialScans(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ total: number }>(
      "SELECT coalesce(sum(seq_scan), 0)::int AS total FROM pg_stat_user_tables WHERE relid IN (SELECT oid FROM pg_class WHERE reltuples >= 10000)",
    );
    return rows[0]?.total ?? 0;
  } finally {
    await client.end();
  }
}

async function settle(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const busy =
      "SELECT FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    while ((await client.query(busy)).rowCount !== 0) await delay(100);
  } finally {
    await client.end();
  }
}
