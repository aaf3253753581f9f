import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the scripts remember and report, outside node_modules, which an install may replace. */
export const cacheFolder = join(root, ".cache");

/** The Node 24 that comes with the packages. */
export const ownNode = join(root, "node_modules/node/bin/node");

/** Folders that hold what tools produce; nobody edits a file there. */
const producedFolders = new Set([
  ".cache",
  ".data",
  ".git",
  ".turbo",
  "coverage",
  "dist",
  "generated",
  "node_modules",
  "playwright-report",
  "test-results",
]);

/**
 * Paths of apps and packages, relative to the root.
 * @param {string} [from] root folder of the workspace
 */
export function workspaceFolders(from = root) {
  return ["apps", "packages"]
    .flatMap((group) => entriesOf(join(from, group)).map((entry) => `${group}/${entry.name}`))
    .filter((folder) => statSync(join(from, folder, "package.json"), { throwIfNoEntry: false })?.isFile());
}

/**
 * Every file below a folder, relative to `from`, without what tools produce.
 * @param {string} from absolute path that the results are relative to
 * @param {string} [folder] where to begin, relative to `from`
 * @param {(name: string) => boolean} [isSkipped] folders that are left out, by name
 * @returns {string[]}
 */
export function filesBelow(from, folder = "", isSkipped = (name) => producedFolders.has(name)) {
  return entriesOf(join(from, folder)).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return entry.isFile() ? [path] : [];
    return isSkipped(entry.name) ? [] : filesBelow(from, path, isSkipped);
  });
}

/** @param {string} folder */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return [];
    throw error;
  }
}
