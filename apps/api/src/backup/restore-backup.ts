import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { checkStorage } from "@intake/core/resumes/check-storage";
import { createDatabase } from "@intake/db/database";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { createDiskStorage } from "@intake/storage/disk-storage";
import { syncFolder } from "@intake/storage/durable-folder";
import { lockDataDirectory } from "../start/data-directory";
import type { Manifest } from "./manifest";
import { readArchive } from "./read-archive";

export interface RestoreInput {
  archive: string;
  dataDirectory: string;
  /** Puts the present data aside instead of refusing. */
  replaces: boolean;
  /** Folder with the migrations of this version. */
  migrationsDirectory: string;
  now: Date;
}

export interface Restored {
  manifest: Manifest;
  leads: number;
  files: number;
  /** Stored files that resumes name and the backup lacks. */
  missing: number;
  /** Where the data lie that were there before; null when there were none. */
  aside: string | null;
}

/**
 * Makes a data folder out of a backup. Everything is unpacked, proven and recovered beside it first; only then it takes the folder's
 * place, and what was there stays under another name. Throws `ArchiveDamagedError`, and plain errors with a sentence for the operator.
 */
export async function restoreBackup(input: RestoreInput): Promise<Restored> {
  const { now, archive } = input;
  const dataDirectory = resolve(input.dataDirectory);
  const file = await stat(archive).catch(() => null);
  if (!file?.isFile()) throw new Error(`There is no backup at ${archive}. Nothing was changed.`);
  const isTaken = await hasContent(dataDirectory);
  if (isTaken && !input.replaces)
    throw new Error(
      `${dataDirectory} is not empty. Add --replace to put what is there aside, or set DATA_DIR to another folder.`,
    );
  const lock = await lockDataDirectory(dataDirectory);
  const staging = await mkdtemp(`${dataDirectory}.restoring-`);
  try {
    const manifest = await readArchive(archive, staging);
    await assertFits(manifest, input.migrationsDirectory);
    const found = await recover(staging);
    const aside = isTaken ? `${dataDirectory}.before-${now.toISOString().replaceAll(":", "-")}` : null;
    if (aside) await rename(dataDirectory, aside);
    else await rm(dataDirectory, { recursive: true, force: true });
    await rename(staging, dataDirectory);
    await syncFolder(dirname(dataDirectory));
    return { manifest, ...found, aside };
  } finally {
    await rm(staging, { recursive: true, force: true });
    await lock.release();
  }
}

async function hasContent(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.length > 0;
}

/** A database of a newer version would be changed by an older one in ways that nobody has tried. */
async function assertFits({ migration, postgres }: Manifest, migrationsDirectory: string): Promise<void> {
  const known = await stat(join(migrationsDirectory, basename(migration))).catch(() => null);
  if (!known)
    throw new Error(
      `This backup is of a newer version of Intake (its database is at ${migration}). Install that version, then restore.`,
    );
  if (postgres !== "18")
    throw new Error(`This backup holds a database of PostgreSQL ${postgres}; this version runs 18.`);
}

/** Starts the database once on what was unpacked, so that it is whole and at rest, and compares it with the files. */
async function recover(folder: string): Promise<{ leads: number; files: number; missing: number }> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const server = await startEmbeddedPostgres({ dataDirectory: join(folder, "postgres"), log });
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 2 });
  try {
    const { rows } = await db.pool.query<{ leads: string }>("SELECT count(*) AS leads FROM leads");
    const leads = Number(rows[0]?.leads ?? 0);
    const hasFiles = await stat(join(folder, "storage")).catch(() => null);
    if (!hasFiles) return { leads, files: 0, missing: 0 };
    const directory = join(folder, "storage");
    const report = await checkStorage({
      db,
      now: () => new Date(),
      storage: {
        list: createDiskStorage({ directory }).list,
        has: (key) =>
          stat(join(directory, key)).then(
            () => true,
            () => false,
          ),
      },
    });
    return { leads, files: report.objects, missing: report.missing.length };
  } finally {
    await db.close();
    await server.stop();
  }
}
