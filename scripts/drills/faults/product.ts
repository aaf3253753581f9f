import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { memoryFlags } from "../../setup/memory-flags.mjs";

/** The program that was built here. */
export const builtEntry = resolve(import.meta.dirname, "../../../apps/api/dist/main.js");
/** What a supervisor waits before it starts an ended process again. */
const pauseMilliseconds = 250;

/** The built product under a supervisor that starts it again whenever it ends. */
export interface Product {
  url: string;
  /** Undefined between two processes. */
  pid(): number | undefined;
  /** How often it ended although nobody killed it. */
  endings(): number;
  /** Lines of the log of level error and fatal, and what is no log line at all. */
  complaints: string[];
  kill(): void;
  /** Resolves once it says that it takes work. */
  untilReady(seconds: number): Promise<void>;
  /** Stops it as an operator would. */
  stop(): Promise<void>;
}

export interface ProductInput {
  port: number;
  environment: Record<string, string>;
  /** Everything it says, for looking at afterwards. */
  logFile: string;
  /** Words before the program, for example a shell that lowers a limit. */
  wrapper?: string[];
  flags?: string[];
  /** The program of another version. */
  entry?: string;
  /** Words after the program: its role. */
  args?: string[];
  /** Where its output goes instead, as a descriptor. */
  output?: number;
}

export function startProduct(input: ProductInput): Product {
  const { port, environment, wrapper = [], flags = [], args: words = [], entry = builtEntry, output } = input;
  const url = `http://127.0.0.1:${port}`;
  const log = createWriteStream(input.logFile, { flags: "a" });
  const complaints: string[] = [];
  let child: ChildProcess | undefined;
  let isOver = false;
  let wasKilled = false;
  let endings = 0;

  function run(): void {
    const [program = process.execPath, ...args] = [
      ...[...wrapper, process.execPath, ...memoryFlags],
      ...[...flags, entry, ...words],
    ];
    child = spawn(program, args, {
      env: { PATH: process.env.PATH, PORT: String(port), PUBLIC_URL: url, ...environment },
      stdio: ["ignore", output ?? "pipe", output ?? "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        log.write(text);
        const bad = text.split("\n").filter((line) => /"level":[56]0|^\S*Error|could not start/.test(line));
        complaints.push(...bad);
      });
    child.once("exit", (code, signal) => {
      log.write(`-- ended with ${code ?? signal}\n`);
      if (!isOver && !wasKilled) endings += 1;
      wasKilled = false;
      child = undefined;
      if (!isOver) setTimeout(run, pauseMilliseconds);
    });
  }
  run();
  const end = () => child?.kill("SIGKILL");
  process.once("exit", end);

  return {
    url,
    complaints,
    pid: () => child?.pid,
    endings: () => endings,
    kill() {
      if (!child) return;
      wasKilled = true;
      child.kill("SIGKILL");
    },
    async untilReady(seconds) {
      const deadline = Date.now() + seconds * 1000;
      while (!(await isReady(url))) {
        if (Date.now() > deadline) throw new Error(`The product was not ready within ${seconds} s`);
        await delay(100);
      }
    },
    async stop() {
      isOver = true;
      if (!child) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), 30_000);
      await ended;
      clearTimeout(timer);
      process.off("exit", end);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.body?.cancel().then(() => answer.ok) ?? answer.ok,
    () => false,
  );
}

/** Open descriptors of a process. Linux only. */
export async function countDescriptors(pid: number | undefined): Promise<number> {
  return (await readdir(join("/proc", String(pid), "fd"))).length;
}
