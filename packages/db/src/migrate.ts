import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Log } from "./log";
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

/** Any number will do, as long as it is ours alone: the advisory lock of a migrating start. */
const migrationLock = 7_204_621_350_001n;
/** A migration gives up rather than stop the whole office behind a lock on a busy table. */
const lockTimeoutMs = 10_000;

/**
 * Brings the database up to date without Prisma's command line and returns the names of the migrations it applied. Of several
 * starts at once one applies and the others wait. Throws when a migration failed or the history of the database differs.
 */
export async function applyMigrations(options: ApplyMigrationsOptions): Promise<string[]> {
  const migrations = await readMigrations(options.migrationsDirectory);
  const client = new pg.Client({
    connectionString: options.connectionString,
    connectionTimeoutMillis: 10_000,
    lock_timeout: options.waitMs ?? 120_000,
  });
  // A connection lost while the engine works would otherwise end the process; the engine's own error tells the rest.
  client.on("error", (error) => options.log?.warn({ err: error }, "migration lock connection lost"));
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    if (await isUpToDate(client, migrations)) return [];
    return await runEngine(options, migrations);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
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

/** True when the engine would do nothing, so that a usual start need not load it (0.3 s, 10 MB). */
async function isUpToDate(client: pg.Client, migrations: Migration[]): Promise<boolean> {
  const table = await client.query<{ found: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS found",
  );
  if (table.rows[0]?.found == null) return false;
  const applied = await client.query<{ migration_name: string; checksum: string; is_done: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_done FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const checksums = new Map(
    applied.rows.map((row) => [row.migration_name, row.is_done ? row.checksum : "unfinished"]),
  );
  return (
    checksums.size === migrations.length &&
    migrations.every((migration) => checksums.get(migration.name) === migration.checksum)
  );
}

async function runEngine(options: ApplyMigrationsOptions, migrations: Migration[]): Promise<string[]> {
  const engine = await createSchemaEngine({ connectionString: options.connectionString, lockTimeoutMs });
  try {
    const lockfile = await readFile(join(options.migrationsDirectory, "migration_lock.toml"), "utf8");
    const { appliedMigrationNames } = await engine.commands.applyMigrations({
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
    if (appliedMigrationNames.length > 0)
      options.log?.info({ migrations: appliedMigrationNames }, "database migrated");
    return appliedMigrationNames;
  } catch (error) {
    throw new Error(describeFailure(error), { cause: error });
  } finally {
    await engine.close();
  }
}

/** The engine's words without its trace; of that only the name of the migration matters. */
function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [words = text] = text.split(/\n\s+0: /);
  const name = /migration_name="([^"]+)"/.exec(text)?.[1];
  return name ? `Migration ${name} failed: ${words}` : `The database could not be migrated: ${words}`;
}
