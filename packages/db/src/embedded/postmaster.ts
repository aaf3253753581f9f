import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

/** A PostgreSQL server that runs on a cluster. */
export interface RunningServer {
  pid: number;
  port: number;
}

/**
 * The server that runs on this cluster, or null. A lock file left by a kill is taken away when its process number belongs to
 * something else by now: PostgreSQL itself would refuse to start until a person deletes it.
 */
export async function findRunningServer(cluster: string): Promise<RunningServer | null> {
  const lockFile = join(cluster, "postmaster.pid");
  const content = await readFile(lockFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (content === null) return null;
  const lines = content.split("\n");
  const server = { pid: Number(lines[0]), port: Number(lines[3]) };
  if (isAlive(server.pid) && (await runsOn(server.pid, cluster))) return server;
  await rm(lockFile, { force: true });
  return null;
}

/** Whether a process with this number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !isZombie(pid);
}

/** In a container whose first process collects no orphans, an ended server keeps its number for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** A server's working folder is its cluster, from start to end. */
async function runsOn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === "linux") {
    const [folder, own] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => null),
      realpath(cluster),
    ]);
    return folder === own && (await isPostgres(pid));
  }
  const { stdout } = await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(
    () => ({
      stdout: "",
    }),
  );
  return stdout.includes("postgres") && stdout.includes(cluster);
}

async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  return name.startsWith("postgres");
}

/** Fast shutdown: open transactions are rolled back and everything is written; after `patienceMs` the hard way, which loses nothing. */
export async function stopServer(pid: number, patienceMs = 5_000): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", patienceMs],
    ["SIGQUIT", 2_000],
    ["SIGKILL", 2_000],
  ];
  for (const [signal, patience] of steps) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!isAlive(pid)) return;
      throw error;
    }
    const deadline = Date.now() + patience;
    while (isAlive(pid) && Date.now() < deadline) await delay(20);
  }
}
