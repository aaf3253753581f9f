import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations } from "@intake/db/migrate";
import pg from "pg";
import { memoryFlags } from "../setup/memory-flags.mjs";
import { fillOffice } from "./fill-office";
import { fillTexts } from "./fill-texts";
import { findFreePort, type ServerOptions, type ServerProcess, startServer } from "./processes";
import { type StaffSession, signIn, trySigningIn } from "./staff-session";

/** Both servers on one PostgreSQL, each on a database of its own with the same rows. */
export interface Office {
  connectionString: string;
  ours: ServerProcess;
  floor: ServerProcess;
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
  /** From here on PostgreSQL counts anew what statements take. */
  forgetStatements(): Promise<void>;
  /** The slowest of the product's own statements, by their mean in milliseconds. */
  slowestStatements(): Promise<{ query: string; mean: number }[]>;
  /** Takes what submissions left to the worker out of the way: mails and files to be examined. */
  clearJobs(): Promise<unknown>;
  close(): Promise<void>;
}

interface OfficeOptions {
  repository: string;
  directory: string;
  leads: number;
  /** Built server, relative to the repository. */
  entry: string;
  /** Folder for a CPU profile of ours. */
  profile: string | undefined;
  say(line: string): void;
}

const quiet = { info: () => undefined, warn: () => undefined, error: console.error };

export async function openOffice(options: OfficeOptions): Promise<Office> {
  const { repository, directory, profile } = options;
  const postgres = await startEmbeddedPostgres({
    ...{ dataDirectory: join(directory, "postgres"), log: quiet },
    settings: { shared_preload_libraries: "pg_stat_statements" },
  });
  const { connectionString } = postgres;
  await makeLeads(options, connectionString);

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
  const floorConnection = await cloneDatabase(connectionString);

  const floor = await startFloor(floorConnection, join(directory, "floor-storage"));
  const profiling = profile ? ["--cpu-prof", `--cpu-prof-dir=${resolve(profile)}`] : [];
  const ours = await startOurs({ flags: [...memoryFlags, ...profiling] });
  return {
    ...{ connectionString, ours, floor, session, credentials },
    startAnother: async ({ dataDirectory, entry, connectionString: other } = {}) =>
      startOurs({
        port: await findFreePort(),
        ...(entry && { entry }),
        ...(other && { environment: { ...environment, DATABASE_URL: other } }),
        ...(dataDirectory && { environment: { ...settings, DATA_DIR: dataDirectory } }),
      }),
    signIn: () => trySigningIn(ours.url, credentials),
    forgetStatements: () =>
      run(connectionString, [
        "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
        "SELECT pg_stat_statements_reset()",
      ]),
    slowestStatements: () => findSlowest(connectionString),
    clearJobs: () => Promise.all([connectionString, floorConnection].map(clearJobs)),
    async close() {
      await ours.stop();
      await floor.stop();
      await postgres.stop();
    },
  };
}

async function makeLeads({ repository, leads, say }: OfficeOptions, connectionString: string): Promise<void> {
  const begin = performance.now();
  await applyMigrations({ connectionString, migrationsDirectory: join(repository, "prisma/migrations") });
  await fillOffice(connectionString, leads);
  await fillTexts(connectionString, leads / 10);
  say(`${leads.toLocaleString("en")} leads made in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}

async function startFloor(connectionString: string, storage: string): Promise<ServerProcess> {
  await mkdir(storage);
  return startServer({
    entry: join(import.meta.dirname, "floor.mjs"),
    port: await findFreePort(),
    environment: { DATABASE_URL: connectionString, STORAGE_DIR: storage },
  });
}

/** A copy of a database on the same server. Nobody may be connected to the original. */
async function cloneDatabase(connectionString: string): Promise<string> {
  const clone = new URL(connectionString);
  const name = clone.pathname.slice(1);
  clone.pathname = `/${name}_floor`;
  const maintenance = new URL(connectionString);
  maintenance.pathname = "/postgres";
  await run(maintenance.href, [
    `CREATE DATABASE ${name}_floor TEMPLATE ${name} STRATEGY FILE_COPY`,
    "CHECKPOINT",
  ]);
  return clone.href;
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

async function run(connectionString: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
