import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A server under test, alone in its process. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Seconds from the start of the process to its first good answer. */
  startSeconds: number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  entry: string;
  /** Options of Node. */
  flags?: string[];
  port: number;
  /** Answers 2xx when the server takes requests; without one, any answer at all counts. */
  readyPath?: string;
  environment: Record<string, string>;
}

const patienceSeconds = 120;

/** Starts a server and waits until it takes requests. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { entry, flags = [], port, readyPath, environment } = options;
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...flags, entry], {
    env: { PATH: process.env.PATH, PORT: String(port), PUBLIC_URL: url, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const collect = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-5_000);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  process.once("exit", () => child.kill("SIGKILL"));
  while (!(await answers(url + (readyPath ?? "/"), readyPath !== undefined))) {
    const isLate = performance.now() - startedAt > patienceSeconds * 1000;
    if (isLate || child.exitCode !== null) throw new Error(`${entry} did not start:\n${said}`);
    await delay(20);
  }
  const startSeconds = (performance.now() - startedAt) / 1000;
  return { url, pid: child.pid ?? 0, startSeconds, stop: () => stop(child) };
}

async function answers(address: string, mustBeGood: boolean): Promise<boolean> {
  const response = await fetch(address).catch(() => null);
  return response !== null && (response.ok || !mustBeGood);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(timer);
}

/** The processes that a process has started and that still run. Linux only. */
export async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return children.split(" ").filter(Boolean).map(Number);
}

/** A port nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("No free port");
  return address.port;
}

/** Seconds of processor time a process has used. Linux only. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Fields 14 and 15 of proc(5), in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory of a process in bytes: now, and the most it ever had. Linux only. */
export async function memoryOf(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
  return { now: field("VmRSS"), peak: field("VmHWM") };
}
