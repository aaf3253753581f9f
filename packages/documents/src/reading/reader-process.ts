import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Share of the memory limit that JavaScript objects may take; pictures and file bytes lie outside of V8's heap. */
const heapShare = 0.5;
const watchMilliseconds = 25;
/** Ended a little below the limit, for what is taken between two looks. */
const endAtShare = 0.85;
const replaceAtShare = 0.5;

/**
 * From source, in development and tests: Node takes the types away itself and lacks only the endings of our imports. A
 * loader that compiles would hold 300 MB over pdf.js alone.
 */
const sourceLoader = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    resolve: (specifier, context, next) => {
      const lacksEnding = specifier.startsWith(".") && context.parentURL?.endsWith(".ts");
      return next(lacksEnding ? specifier + ".ts" : specifier, context);
    },
  });
`)}`;

export interface ReaderProcessOptions {
  /** The worker's entry; by default `reader-worker` beside this module, as the bundler lays it. */
  workerUrl?: URL;
  /** Resident memory of one process. */
  memoryMegabytes: number;
}

/**
 * Starts a process that reads strangers' files: an empty environment, no files but its own code, no child processes,
 * threads or writing (Node's permission model, which it grants to our code; it is the second wall, not the first).
 */
export function startReaderProcess({ workerUrl, memoryMegabytes }: ReaderProcessOptions): ChildProcess {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const entry = fileURLToPath(workerUrl ?? new URL(`reader-worker.${extension}`, import.meta.url));
  return fork(entry, [], {
    env: {},
    cwd: dirname(entry),
    // V8's own serializer carries bytes as bytes.
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: [
      `--max-old-space-size=${Math.floor(memoryMegabytes * heapShare)}`,
      "--permission",
      "--allow-addons",
      ...readableFolders(entry).map((folder) => `--allow-fs-read=${folder}`),
      ...(entry.endsWith(".ts") ? ["--import", sourceLoader] : []),
    ],
  });
}

/** The entry's own folder (from source: its package) and every place where packages may lie. */
function readableFolders(entry: string): string[] {
  const folders = [entry.endsWith(".ts") ? dirname(dirname(entry)) : dirname(entry)];
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    folders.push(join(folder, "node_modules"), join(folder, "package.json"));
    if (folder === dirname(folder)) return folders;
  }
}

/**
 * Calls back once when the process holds more than its limit, looking while a file is read. Where there is no `/proc`
 * (outside of Linux) only the heap's own limit holds. The returned function ends the watch.
 */
export function watchMemory(
  child: ChildProcess,
  { memoryMegabytes }: ReaderProcessOptions,
  onExceeded: () => void,
): () => void {
  const limitKilobytes = memoryMegabytes * 1024 * endAtShare;
  const timer = setInterval(() => {
    if (residentKilobytes(child.pid) <= limitKilobytes) return;
    clearInterval(timer);
    onExceeded();
  }, watchMilliseconds);
  return () => clearInterval(timer);
}

/** Whether a process kept so much from its last file that the next one might not fit; it is better replaced. */
export function hasGrown(child: ChildProcess, { memoryMegabytes }: ReaderProcessOptions): boolean {
  return residentKilobytes(child.pid) > memoryMegabytes * 1024 * replaceAtShare;
}

function residentKilobytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
