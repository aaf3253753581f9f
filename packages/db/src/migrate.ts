import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Log } from "./log";
import { talkToDatabase } from "./reach-database";
import { createSchemaEngine } from "./schema-engine";

export interface ApplyMigrationsOptions {
  connectionString: string;
  /** Absolute path of `prisma/migrations`. */
  migrationsDirectory: string;
  log?: Pick<Log, "info" | "warn">;
  /** How long to wait for another start that is migrating, in milliseconds. */
  waitMs?: number;
}

type Migration = { name: string; script: string; checksum: string };

/** This version and this database do not fit; the sentence says which is the older one and what to do. */
export class DatabaseVersionError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "DatabaseVersionError";
  }
}

/** Any number will do, as long as it is ours alone: the advisory lock of a migrating start. */
const migrationLock = 7_204_621_350_001n;
/** How long a start waits for another that is migrating, in milliseconds. */
const usualWaitMs = 120_000;
/**
 * A migration that does not get its lock on a busy table lets go: whoever comes after it waits behind it, the whole office. It tries again
 * after a pause, in which they are served.
 */
const lockTimeoutMs = 2_000;
const mostTries = 10;
const pauseMs = 1_000;

/**
 * Brings the database up to date without Prisma's command line and returns the names of the migrations it applied. Of several
 * starts at once one applies and the others wait. Throws when a migration failed or the history of the database differs, and
 * DatabaseVersionError when a newer version has migrated it, and DatabaseUnreachableError when the server falls silent before it begins.
 */
export async function applyMigrations(options: ApplyMigrationsOptions): Promise<string[]> {
  const migrations = await readMigrations(options.migrationsDirectory);
  const { connectionString, waitMs = usualWaitMs } = options;
  // The lock ends with this session.
  return talkToDatabase({ connectionString, lock_timeout: waitMs }, async (client) => {
    // The server gives up first, if it is there at all.
    const lock = { text: "SELECT pg_advisory_lock($1)", query_timeout: waitMs + 10_000 };
    await client.query(lock, [migrationLock]);
    const applied = await readApplied(client);
    refuseNewer(applied, migrations);
    if (isUpToDate(applied, migrations)) return [];
    await runPatiently(options, migrations);
    const names = migrations.flatMap(({ name }) => (applied.has(name) ? [] : [name]));
    options.log?.info({ migrations: names }, "database migrated");
    return names;
  });
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(join(directory, name, "migration.sql"), "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    }),
  );
}

/**
 * For a process that does not migrate: waits until another has brought the database up to date, at most `waitMs` (default two minutes).
 * Throws DatabaseVersionError when that does not happen or when a newer version has migrated it.
 */
export async function awaitMigrations(options: ApplyMigrationsOptions): Promise<void> {
  const migrations = await readMigrations(options.migrationsDirectory);
  const { connectionString, waitMs = usualWaitMs } = options;
  const deadline = Date.now() + waitMs;
  await talkToDatabase({ connectionString }, async (client) => {
    while (true) {
      // The application's login may read nothing before the migration that lets it.
      const applied = await readApplied(client).catch(emptyWhenForbidden);
      refuseNewer(applied, migrations);
      if (isUpToDate(applied, migrations)) return;
      if (Date.now() > deadline)
        throw new DatabaseVersionError(
          "This database is not as this version needs it. Run `migrate` of this version first.",
        );
      await delay(500);
    }
  });
}

/** Checksums of the migrations in the database's history by name; "unfinished" for one that failed half-way. */
async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const table = await client.query<{ found: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS found",
  );
  if (table.rows[0]?.found == null) return new Map();
  const applied = await client.query<{ migration_name: string; checksum: string; is_done: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_done FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return new Map(applied.rows.map((row) => [row.migration_name, row.is_done ? row.checksum : "unfinished"]));
}

function emptyWhenForbidden(error: unknown): Map<string, string> {
  if (error instanceof pg.DatabaseError && error.code === "42501") return new Map();
  throw error;
}

function refuseNewer(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name)).sort();
  if (unknown.length > 0)
    throw new DatabaseVersionError(
      `This database belongs to a newer version of Intake: it knows ${unknown[0]}. Start that version, or restore a backup of before the upgrade.`,
    );
}

/** True when the engine would do nothing, so that a usual start need not load it (0.3 s, 10 MB). */
function isUpToDate(applied: Map<string, string>, migrations: Migration[]): boolean {
  return (
    applied.size === migrations.length &&
    migrations.every((migration) => applied.get(migration.name) === migration.checksum)
  );
}

/** Migrates, again and again while somebody holds a table that has to change. What was done before that stays done. */
async function runPatiently(options: ApplyMigrationsOptions, migrations: Migration[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const busy = await runEngine(options, migrations);
    if (busy === null) return;
    if (tries === mostTries)
      throw new Error(
        `Migration ${busy} did not get its lock on a table in ${mostTries} tries (lock timeout) and has changed nothing. Look in pg_stat_activity who holds one for so long, then run it again.`,
      );
    options.log?.warn({ migration: busy, tries }, "a table is busy, the migration tries again");
    await delay(pauseMs);
  }
}

/** Resolves to null, or to the migration that waited too long for a lock and was rolled back, as if it had not begun. */
async function runEngine(options: ApplyMigrationsOptions, migrations: Migration[]): Promise<string | null> {
  const engine = await createSchemaEngine({ connectionString: options.connectionString, lockTimeoutMs });
  try {
    const lockfile = await readFile(join(options.migrationsDirectory, "migration_lock.toml"), "utf8");
    await engine.commands.applyMigrations({
      migrationsList: {
        baseDir: options.migrationsDirectory,
        lockfile: { path: "migration_lock.toml", content: lockfile },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(({ name, script }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return null;
  } catch (error) {
    const { name, words } = describeFailure(error);
    if (name && /\b55P03\b|lock timeout/.test(words)) {
      // Otherwise it would count as failed half-way, and nothing be migrated until somebody says what became of it.
      await engine.commands.markMigrationRolledBack({ migrationName: name });
      return name;
    }
    throw new Error(
      name ? `Migration ${name} failed: ${words}` : `The database could not be migrated: ${words}`,
      { cause: error },
    );
  } finally {
    await engine.close();
  }
}

/** The engine's words without its trace; of that only the name of the migration matters. */
function describeFailure(error: unknown): { name: string | undefined; words: string } {
  const text = error instanceof Error ? error.message : String(error);
  const [words = text] = text.split(/\n\s+0: /);
  return { name: /migration_name="([^"]+)"/.exec(text)?.[1], words };
}
