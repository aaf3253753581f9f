import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { takeBaseBackup } from "./embedded/base-backup";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded/start-embedded-postgres";

interface TestReplicaOptions {
  primary: Pick<EmbeddedPostgres, "connectionString" | "port">;
  primaryDirectory: string;
  /** A folder of its own, empty. */
  directory: string;
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A real server that follows a real one, by streaming: a copy of its cluster that is told whom to follow. */
export async function startTestReplica(options: TestReplicaOptions): Promise<EmbeddedPostgres> {
  const { primary, primaryDirectory, directory } = options;
  const cluster = join(directory, "cluster");
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await takeBaseBackup(
    { connectionString: primary.connectionString, cluster: join(primaryDirectory, "cluster") },
    async (part) => {
      const path = join(cluster, part.path);
      if ("folder" in part) return void (await mkdir(path, { recursive: true, mode: 0o700 }));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if ("file" in part) await copyFile(part.file, path);
      else await writeFile(path, part.content);
    },
  );
  await writeFile(join(cluster, "standby.signal"), "");
  await copyFile(join(primaryDirectory, "password"), join(directory, "password"));
  return startTestReplicaAgain({ primary, directory });
}

/** The same after it was stopped. */
export function startTestReplicaAgain({
  primary,
  directory,
  port,
}: Pick<TestReplicaOptions, "primary" | "directory"> & { port?: number }): Promise<EmbeddedPostgres> {
  const { username, password } = new URL(primary.connectionString);
  const conninfo = `host=127.0.0.1 port=${primary.port} user=${username} password=${password}`;
  return startEmbeddedPostgres({
    ...{ dataDirectory: directory, log, settings: { fsync: "off", primary_conninfo: conninfo } },
    ...(port !== undefined && { port }),
  });
}
