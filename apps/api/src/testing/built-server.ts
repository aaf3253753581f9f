import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "@intake/db/embedded/postmaster";
import { expect } from "vitest";

const entry = join(import.meta.dirname, "../../dist/main.js");
const startSeconds = 60;

export interface BuiltServer {
  pid: number;
  port: number;
  baseUrl: string;
  /** Everything said so far, on both outputs. */
  output(): string;
  /** Resolves to the exit code once the process has ended; null when a signal ended it. */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

interface BuiltServerOptions {
  dataDirectory: string;
  /** A role or a command with its words. */
  args?: string[];
  port?: number;
  environment?: Record<string, string>;
  /** Where its standard output goes instead, as a descriptor. */
  stdout?: number;
}

/** The bundled server as a process of its own, as `npm start` runs it; resolves at once, before it is ready. */
export async function spawnBuiltServer(options: BuiltServerOptions): Promise<BuiltServer> {
  if (!existsSync(entry)) throw new Error("The server is not built yet: run `npm run build` first.");
  const port = options.port ?? (await findFreePort());
  const child = spawn(process.execPath, ["--enable-source-maps", entry, ...(options.args ?? [])], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: options.dataDirectory,
      RATE_LIMITS: "off",
      ...options.environment,
    },
    stdio: ["ignore", options.stdout ?? "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return {
    pid: pidOf(child),
    port,
    baseUrl: `http://localhost:${port}`,
    output: () => said,
    ended: once(child, "close").then(([code]) => code),
    kill: (signal) => void child.kill(signal),
  };
}

/** The same, once it takes work. */
export async function startBuiltServer(options: BuiltServerOptions): Promise<BuiltServer> {
  const server = await spawnBuiltServer(options);
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await isReady(server))) {
    const isOver = await Promise.race([server.ended.then(() => true), delay(100, false)]);
    if (isOver || Date.now() > deadline) {
      server.kill("SIGKILL");
      throw new Error(`The built server did not become ready:\n${server.output()}`);
    }
  }
  return server;
}

/** Stops a server as an operator would and makes sure that nothing of it is left. */
export async function stopBuiltServer(server: BuiltServer, dataDirectory: string): Promise<void> {
  const postgres = await findPostgres(dataDirectory);
  server.kill("SIGTERM");
  expect(await server.ended, server.output()).toBe(0);
  expect(isAlive(postgres ?? -1)).toBe(false);
}

/** The process number of the embedded database of a data folder, or null. */
export async function findPostgres(dataDirectory: string): Promise<number | null> {
  const text = await readFile(join(dataDirectory, "postgres/cluster/postmaster.pid"), "utf8").catch(
    () => null,
  );
  return text === null ? null : Number(text.split("\n")[0]);
}

async function isReady({ baseUrl }: BuiltServer): Promise<boolean> {
  return fetch(`${baseUrl}/readyz`).then(
    (response) => response.status === 200,
    () => false,
  );
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("No free port was given");
  return address.port;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("The server process did not start");
  return child.pid;
}
