import type { ChildProcess } from "node:child_process";
import { chown, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Log } from "../log";
import { findBinaries } from "./binaries";
import { initialiseCluster, superuser } from "./initialise-cluster";
import { DataInUseError, isOrphan, type Ownership, takeOwnership } from "./ownership";
import { readOrCreatePassword } from "./password";
import { findRunningServer, isAlive, stopServer } from "./postmaster";
import { findFreePort, prepareDataDirectory, ServerStartError, startServerProcess } from "./server-process";
import { chooseServerUser, type ServerUser } from "./server-user";

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and the server's log; made when missing. */
  dataDirectory: string;
  /** A free one on 127.0.0.1 when absent. */
  port?: number;
  log: Pick<Log, "info" | "warn" | "error">;
  /** A few words for a person who waits. */
  onProgress?: (message: string) => void;
  /** Server settings that differ from `defaultSettings`. */
  settings?: Record<string, string>;
  /** Called when the server ends although nobody stopped it. */
  onLost?: () => void;
}

export interface EmbeddedPostgres {
  connectionString: string;
  port: number;
  /** Process number of the server. */
  pid: number;
  /** Fast shutdown, at most 5 seconds in the usual case. Close your own connections first. */
  stop(): Promise<void>;
}

const databaseName = "intake";

/**
 * Starts the real PostgreSQL on a folder of our own. A server left over by a killed process is stopped first; nothing ever needs
 * deleting by hand. Throws `DataInUseError` when another live process uses the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await prepareDataDirectory(options.dataDirectory);
  const dataDirectory = await realpath(options.dataDirectory);
  const cluster = join(dataDirectory, "cluster");
  const user = await chooseServerUser(cluster);
  const binaries = await findBinaries(user);
  const password = await readOrCreatePassword(join(dataDirectory, "password"));
  if (!(await exists(join(cluster, "PG_VERSION")))) {
    options.onProgress?.("Preparing the database");
    const isDurable = options.settings?.fsync !== "off";
    await initialiseCluster({ dataDirectory, cluster, user, binaries, password, isDurable });
  }
  await giveToServerUser(cluster, user);

  for (let attempt = 1; ; attempt++) {
    await stopOrphan({ cluster, dataDirectory, password, log: options.log });
    const port = options.port ?? (await findFreePort());
    const maintenance = connectionStringFor(password, port, "postgres");
    options.onProgress?.("Starting the database");
    try {
      const child = await startServerProcess({
        postgres: binaries.postgres,
        cluster,
        logFile: join(dataDirectory, "server.log"),
        user,
        port,
        settings: options.settings ?? {},
        connectionString: maintenance,
        onSlow: () => options.onProgress?.("The database is repairing itself after a hard stop"),
      });
      const ownership = await stopUnless(
        child,
        takeOwnership(maintenance, { dataDirectory, log: options.log }),
      );
      await stopUnless(child, ensureDatabase(maintenance));
      options.log.info({ port, serverPid: child.pid }, "embedded database ready");
      return running({ child, ownership, port, password, log: options.log, onLost: options.onLost });
    } catch (error) {
      const isPassing = error instanceof ServerStartError && isWorthRetrying(error, options.port);
      if (!isPassing || attempt >= 5) throw error;
    }
  }
}

function isWorthRetrying(error: ServerStartError, fixedPort: number | undefined): boolean {
  return error.failure === "already-running" || (error.failure === "port-taken" && fixedPort === undefined);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function connectionStringFor(password: string, port: number, database: string): string {
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/** A cluster that root copied or restored belongs to root; the server could not open it. */
async function giveToServerUser(cluster: string, user: ServerUser | undefined): Promise<void> {
  if (!user || process.getuid?.() !== 0 || (await stat(cluster)).uid === user.uid) return;
  const paths = await readdir(cluster, { recursive: true });
  for (const path of paths) await chown(join(cluster, path), user.uid, user.gid);
  await chown(cluster, user.uid, user.gid);
}

async function stopOrphan(options: {
  cluster: string;
  dataDirectory: string;
  password: string;
  log: Pick<Log, "warn">;
}): Promise<void> {
  const server = await findRunningServer(options.cluster);
  if (!server) return;
  const address = connectionStringFor(options.password, server.port, "postgres");
  if (!(await isOrphan(address, () => isAlive(server.pid)))) throw new DataInUseError(options.dataDirectory);
  options.log.warn({ serverPid: server.pid }, "stopping a database server that a killed process left behind");
  await stopServer(server.pid);
}

async function stopUnless<Value>(child: ChildProcess, value: Promise<Value>): Promise<Value> {
  try {
    return await value;
  } catch (error) {
    if (child.pid !== undefined) await stopServer(child.pid);
    throw error;
  }
}

async function ensureDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}

function running(parts: {
  child: ChildProcess;
  ownership: Ownership;
  port: number;
  password: string;
  log: Pick<Log, "error">;
  onLost: (() => void) | undefined;
}): EmbeddedPostgres {
  const { child, ownership, port, password, log, onLost } = parts;
  const pid = child.pid;
  if (pid === undefined) throw new Error("The database server has no process number");
  let stopping: Promise<void> | undefined;
  child.once("exit", (code, signal) => {
    if (stopping !== undefined) return;
    log.error({ code, signal }, "embedded database ended unexpectedly");
    onLost?.();
  });
  const stop = async () => {
    ownership.release();
    await stopServer(pid);
  };
  return {
    connectionString: connectionStringFor(password, port, databaseName),
    port,
    pid,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
