import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "./process-tree.mjs";
import { cacheFolder } from "./project.mjs";

const lockFile = join(cacheFolder, "setup.lock");

/**
 * Runs `work` while no other setup of this folder runs. A lock whose owner died is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @param {(owner: number) => void} onWait called once when another setup holds the lock
 * @returns {Promise<T>}
 */
export async function withSetupLock(work, onWait) {
  mkdirSync(cacheFolder, { recursive: true });
  for (let hasSaidSo = false; !tryLock(); await sleep(250)) {
    const owner = lockOwner();
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(lockFile, { force: true });
    } else if (owner !== undefined && !hasSaidSo) {
      onWait(owner);
      hasSaidSo = true;
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryLock() {
  try {
    // A link whose target is the owner's number: it appears together with its content or not at all.
    symlinkSync(String(process.pid), lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function lockOwner() {
  try {
    const owner = Number(readlinkSync(lockFile));
    return owner > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} owner */
function isAlive(owner) {
  if (!isRunning(owner)) return false;
  try {
    // The number may belong to an unrelated process after a restart of the machine.
    return readFileSync(`/proc/${owner}/cmdline`, "utf8").includes("scripts/");
  } catch {
    return true;
  }
}
