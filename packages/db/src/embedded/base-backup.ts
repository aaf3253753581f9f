import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

/** One part of a copied cluster, under its path inside it: a folder, a file that lies there, or content that lies nowhere. */
export type ClusterPart = { path: string } & ({ folder: true } | { file: string } | { content: string });

/** What the server makes anew when it starts; the folders themselves must be there (PostgreSQL manual, 26.3.4). */
const emptied = new Set([
  ...["pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"],
  "pg_wal",
]);
const leftOut = /(^|\/)(postmaster\.(pid|opts)|pgsql_tmp[^/]*|pg_internal\.init)$/;
const control = "global/pg_control";

/**
 * Copies the cluster of a running server part by part while it serves, so that a server which starts on the copy recovers to the moment
 * this ends. It cannot say whether `copy` was true to what it was given: files change meanwhile, and the log sets that right.
 */
export async function takeBaseBackup(
  { connectionString, cluster }: { connectionString: string; cluster: string },
  copy: (part: ClusterPart) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: "intake-backup" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // Of this connection alone, so that it goes with it: the log that the copy needs is kept as long.
    const slot = `intake_backup_${process.pid}`;
    await client.query("SELECT pg_create_physical_replication_slot($1, true, true)", [slot]);
    await client.query("SELECT pg_backup_start('intake backup', true)");
    for await (const part of partsOf(cluster)) await copy(part);
    await copy({ path: control, file: join(cluster, control) });
    const { rows } = await client.query<{ label: string; first: string; last: string }>(
      `SELECT labelfile AS label, substring(labelfile FROM 'START WAL LOCATION: \\S+ \\(file (\\w+)\\)') AS first,
         pg_walfile_name(lsn) AS last FROM pg_backup_stop(false)`,
    );
    const [stopped] = rows;
    if (!stopped) throw new Error("The database did not say where its copy ends");
    for (const name of (await readdir(join(cluster, "pg_wal"))).sort())
      if (/^[0-9A-F]{24}$/.test(name) && name >= stopped.first && name <= stopped.last)
        await copy({ path: `pg_wal/${name}`, file: join(cluster, "pg_wal", name) });
    await copy({ path: "backup_label", content: stopped.label });
  } finally {
    await client.end();
  }
}

async function* partsOf(cluster: string, below = ""): AsyncGenerator<ClusterPart> {
  for (const entry of await listFolder(join(cluster, below))) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (leftOut.test(path) || path === control) continue;
    if (entry.isFile()) yield { path, file: join(cluster, path) };
    if (!entry.isDirectory()) continue;
    yield { path, folder: true };
    if (path === "pg_wal") yield { path: "pg_wal/archive_status", folder: true };
    if (!emptied.has(path)) yield* partsOf(cluster, path);
  }
}

/** A folder may go while it is copied, as a file may. */
async function listFolder(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
