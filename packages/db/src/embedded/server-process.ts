import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { isDatabaseUnavailable } from "../connection-errors";
import { serverEnvironment } from "./initialise-cluster";
import { findRunningServer } from "./postmaster";
import { folderAsSeenBy, type ServerUser } from "./server-user";

/** Small but sane; a flash disk is assumed. Later entries win, so a caller may change any of them. */
const defaultSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  cluster_name: "intake",
  shared_buffers: "128MB",
  effective_cache_size: "1GB",
  max_connections: "100",
  random_page_cost: "1.1",
  jit: "off",
  password_encryption: "scram-sha-256",
  log_min_messages: "warning",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** Why a server did not start, as far as a second try can help. */
export type StartFailure = "port-taken" | "already-running" | "other";

export class ServerStartError extends Error {
  override name = "ServerStartError";
  constructor(
    readonly failure: StartFailure,
    message: string,
  ) {
    super(message);
  }
}

export interface ServerProcessOptions {
  postgres: string;
  cluster: string;
  /** Takes what the server says; kept from start to start. */
  logFile: string;
  user: ServerUser | undefined;
  port: number;
  settings: Record<string, string>;
  /** Signs in at the server that is about to start. */
  connectionString: string;
  onSlow?: () => void;
}

const mostLogBytes = 5_000_000;

/** Starts the server and waits until it lets us in (up to 2 minutes: after a crash it first repairs its data). */
export async function startServerProcess(options: ServerProcessOptions): Promise<ChildProcess> {
  const logStart = await rotateLog(options.logFile);
  const log = await open(options.logFile, "a", 0o600);
  const settings = Object.entries({ ...defaultSettings, ...options.settings });
  const seenAs = await folderAsSeenBy(options.cluster, options.user);
  const child = spawn(
    options.postgres,
    [
      "-D",
      seenAs,
      "-p",
      String(options.port),
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      cwd: options.cluster,
      env: serverEnvironment,
      // A group of its own: Ctrl-C in the terminal reaches us alone, and we stop the server last.
      detached: true,
      // A file and not a pipe, which would break under a server that outlives us.
      stdio: ["ignore", log.fd, log.fd],
      ...options.user,
    },
  );
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", async () => {
      const said = (await readFile(options.logFile, "utf8").catch(() => "")).slice(logStart).trim();
      reject(
        new ServerStartError(failureIn(said), `The embedded database did not start:\n${said.slice(-2_000)}`),
      );
    });
  });
  ended.catch(() => undefined);
  try {
    await Promise.race([waitUntilReady(options), ended]);
    // The port may have gone to another server that let us in.
    if ((await findRunningServer(options.cluster))?.pid !== child.pid) {
      throw new ServerStartError(
        "port-taken",
        `Port ${options.port} answers, but not as the embedded database.`,
      );
    }
  } catch (error) {
    child.kill("SIGQUIT");
    throw error;
  } finally {
    await log.close();
  }
  child.unref();
  return child;
}

function failureIn(said: string): StartFailure {
  if (/lock file .* already exists|pre-existing shared memory block/.test(said)) return "already-running";
  if (/could not (bind|create any TCP)|Address already in use/.test(said)) return "port-taken";
  return "other";
}

async function rotateLog(logFile: string): Promise<number> {
  const found = await stat(logFile).catch(() => null);
  if (!found) return 0;
  if (found.size < mostLogBytes) return found.size;
  await rename(logFile, `${logFile}.1`);
  return 0;
}

async function waitUntilReady({ connectionString, onSlow }: ServerProcessOptions): Promise<void> {
  const started = Date.now();
  let isSlow = false;
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error) || Date.now() - started > 120_000) throw error;
    }
    if (!isSlow && Date.now() - started > 3_000) {
      isSlow = true;
      onSlow?.();
    }
    await delay(25);
  }
}

/** A loopback port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port on 127.0.0.1");
  return address.port;
}

/** The folder for everything of the embedded database; others on the machine may pass through but not read. */
export async function prepareDataDirectory(dataDirectory: string): Promise<void> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o711 });
}
