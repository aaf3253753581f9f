import { join } from "node:path";
import { applyMigrations } from "@intake/db/migrate";
import pg from "pg";
import { fillOffice } from "./fill-office";
import { fillTexts } from "./fill-texts";

interface FilledDatabase {
  /** Any database of the server. */
  connectionString: string;
  repository: string;
  leads: number;
  name: string;
  say(line: string): void;
}

/**
 * Makes a database with so many leads, a tenth of them with the text of a resume, and resolves to its address. It is a copy of one that
 * a server fills only once, so that every run on a kept folder begins with the same rows.
 */
export async function makeFilledDatabase(options: FilledDatabase): Promise<string> {
  const { connectionString, name, leads } = options;
  const filled = `leads_${leads}`;
  if (!(await hasDatabase(connectionString, filled))) await fill(options, filled);
  // Whoever keeps a folder goes on with it after the product has changed.
  await migrate(options, databaseAt(connectionString, filled));
  await copyDatabase(databaseAt(connectionString, filled), name);
  return databaseAt(connectionString, name);
}

/** Copies a database to another name on the same server, which is made anew. Nobody may be connected to either. */
export async function copyDatabase(connectionString: string, name: string): Promise<void> {
  const original = new URL(connectionString).pathname.slice(1);
  await run(databaseAt(connectionString, "postgres"), [
    `DROP DATABASE IF EXISTS ${name}`,
    `CREATE DATABASE ${name} TEMPLATE ${original} STRATEGY FILE_COPY`,
    "CHECKPOINT",
  ]);
}

/** The address of another database of the same server. */
export function databaseAt(connectionString: string, name: string): string {
  const other = new URL(connectionString);
  other.pathname = `/${name}`;
  return other.href;
}

/** Runs statements one after the other on a connection of their own. */
export async function run(connectionString: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Under another name until it is whole: a run may end half-way. */
async function fill(options: FilledDatabase, filled: string): Promise<void> {
  const { connectionString, leads, say } = options;
  const begin = performance.now();
  const unfinished = `${filled}_unfinished`;
  const maintenance = databaseAt(connectionString, "postgres");
  await run(maintenance, [`DROP DATABASE IF EXISTS ${unfinished}`, `CREATE DATABASE ${unfinished}`]);
  await migrate(options, databaseAt(connectionString, unfinished));
  await fillOffice(databaseAt(connectionString, unfinished), leads);
  await fillTexts(databaseAt(connectionString, unfinished), leads / 10);
  await run(maintenance, [`ALTER DATABASE ${unfinished} RENAME TO ${filled}`]);
  say(`${leads.toLocaleString("en")} leads made in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}

async function hasDatabase(connectionString: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseAt(connectionString, "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

async function migrate({ repository }: FilledDatabase, connectionString: string): Promise<void> {
  await applyMigrations({ connectionString, migrationsDirectory: join(repository, "prisma/migrations") });
}
