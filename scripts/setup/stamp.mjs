import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./project.mjs";

const stampFile = join(cacheFolder, "setup.json");

/**
 * What the last finished setup saw: digests of its inputs, and where the package manager is.
 * @typedef {{
 *   install?: string;
 *   generate?: string;
 *   build?: string;
 *   packageManager?: { pin: string; path: string };
 * }} Stamp
 */

/** @returns {Stamp} */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

/** @param {Stamp} stamp */
export function writeStamp(stamp) {
  mkdirSync(cacheFolder, { recursive: true });
  // By way of a second file, so that a reader never sees half of it.
  writeFileSync(`${stampFile}.${process.pid}`, JSON.stringify(stamp));
  renameSync(`${stampFile}.${process.pid}`, stampFile);
}
