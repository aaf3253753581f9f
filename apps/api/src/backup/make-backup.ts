import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { noteBackup } from "@intake/core/operations/note-backup";
import { createDatabase, type Database } from "@intake/db/database";
import { takeBaseBackup } from "@intake/db/embedded/base-backup";
import { type ArchiveWriter, writeArchive } from "./write-archive";

export interface BackupInput {
  dataDirectory: string;
  /** The embedded database, as its owner. */
  connectionString: string;
  /** The file to make. */
  target: string;
  /** Whether the keys come with it: without them nothing in it can be read elsewhere. */
  withKeys: boolean;
  now: () => Date;
}

/** Files of the data folder that open everything else. */
const keyFiles = ["auth-secret", "master-key"];

/**
 * One file with everything of an installation with its own database, made while it serves: the database first, then the stored files, so
 * that every file the database names is in it. Returns how many leads and stored files. Throws when a file is missing.
 */
export async function makeBackup(input: BackupInput): Promise<{ leads: number; files: number }> {
  const { dataDirectory, connectionString, target, withKeys, now } = input;
  const db = createDatabase({ connectionString, maxConnections: 1 });
  const counted = { leads: 0, files: 0 };
  const begun = now();
  try {
    await writeArchive(target, async (archive) => {
      const named = new Set(await storageKeys(db));
      await addDatabase(archive, input);
      const takenAt = now();
      const { leads, postgres, migration } = await readFacts(db);
      for (const key of await storageKeys(db)) named.add(key);
      const stored = await addStorage(archive, dataDirectory);
      // An installation that keeps its files elsewhere has none here.
      if (stored) assertComplete(named, stored);
      if (withKeys) for (const name of keyFiles) await archive.addFile(name, join(dataDirectory, name));
      Object.assign(counted, { leads, files: stored?.size ?? 0 });
      return { takenAt: takenAt.toISOString(), postgres, migration, hasKeys: withKeys };
    });
    const finishedAt = now();
    const seconds = Math.round((finishedAt.getTime() - begun.getTime()) / 1000);
    await noteBackup(
      { db, now },
      { kind: "FILE", finishedAt, sizeBytes: (await stat(target)).size, seconds },
    );
    return counted;
  } finally {
    await db.close();
  }
}

async function addDatabase(archive: ArchiveWriter, input: BackupInput): Promise<void> {
  const folder = join(input.dataDirectory, "postgres");
  const cluster = join(folder, "cluster");
  await takeBaseBackup({ connectionString: input.connectionString, cluster }, async (part) => {
    const path = `postgres/cluster/${part.path}`;
    if ("folder" in part) archive.addFolder(path);
    else if ("file" in part) await archive.addFile(path, part.file);
    else await archive.addContent(path, part.content);
  });
  await archive.addFile("postgres/password", join(folder, "password"));
}

/** The keys of the files that were added; null when there is no folder for them. */
async function addStorage(archive: ArchiveWriter, dataDirectory: string): Promise<Set<string> | null> {
  const root = join(dataDirectory, "storage");
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
  if (!entries) return null;
  const added = new Set<string>();
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const key = file.slice(root.length + 1).replaceAll("\\", "/");
    if (await archive.addFile(`storage/${key}`, file)) added.add(key);
  }
  return added;
}

function assertComplete(named: Set<string>, stored: Set<string>): void {
  const missing = [...named].filter((key) => !stored.has(key));
  if (missing.length === 0) return;
  throw new Error(
    `No backup was made: ${missing.length} stored files are missing (the first is ${missing[0]}). If keys are being rotated, wait until that is done; otherwise see npm run storage:check.`,
  );
}

async function storageKeys(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ storage_key: string }>("SELECT storage_key FROM resumes");
  return rows.map((row) => row.storage_key);
}

async function readFacts(db: Database): Promise<{ leads: number; postgres: string; migration: string }> {
  const { rows } = await db.pool.query<{ leads: string; postgres: string; migration: string | null }>(
    `SELECT (SELECT coalesce(sum(total), 0) FROM lead_counts) AS leads,
       (current_setting('server_version_num')::int / 10000)::text AS postgres,
       (SELECT max(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migration`,
  );
  const [facts] = rows;
  if (!facts?.migration) throw new Error("This database was never Intake's: there is nothing to back up.");
  return { ...facts, migration: facts.migration, leads: Number(facts.leads) };
}
