import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Every process that `pid` started, and theirs in turn.
 * @param {number} pid
 * @returns {number[]}
 */
export function descendantsOf(pid) {
  const parents = parentsByProcess();
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/**
 * Whether a process still runs. One that has ended, but whose parent has not noticed, does not.
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    if (process.platform === "linux") return statFields(pid)[0] !== "Z";
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** @returns {Map<number, number>} */
function parentsByProcess() {
  try {
    return process.platform === "linux" ? readProcFolder() : askPs();
  } catch {
    return new Map();
  }
}

// Small Linux images have no `ps`.
function readProcFolder() {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      parents.set(pid, Number(statFields(pid)[1]));
    } catch {
      // Ended while we read.
    }
  }
  return parents;
}

/**
 * State, parent and more, from "pid (name, which may contain anything) state parent …".
 * @param {number} pid
 */
function statFields(pid) {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
}

function askPs() {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return [pid ?? 0, parent ?? 0];
    }),
  );
}
