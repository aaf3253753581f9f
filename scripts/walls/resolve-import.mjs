import { existsSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix } from "node:path";
import { workspaceFolders } from "../setup/project.mjs";

/**
 * Where an import leads: to a file of ours, to a package from the registry, or to a part of Node.
 * @typedef {{ kind: "file"; path: string } | { kind: "package"; name: string } | { kind: "node"; name: string }} Target
 */

const endings = ["", ".ts", ".tsx", ".mts", ".mjs", "/index.ts", "/index.tsx"];

/**
 * Makes a function that finds out where imports of a workspace lead.
 * @param {string} root
 */
export function createResolver(root) {
  const workspaces = workspaceFolders(root).map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    return { folder, name: String(manifest.name), exports: Object.entries(manifest.exports ?? {}) };
  });

  /**
   * @param {string} from path of the importing file
   * @param {string} specifier
   * @returns {Target}
   */
  return function resolveImport(from, specifier) {
    const bare = specifier.split("?")[0] ?? specifier;
    if (bare.startsWith(".")) return fileAt(posix.join(dirname(from), bare));
    if (isBuiltin(bare)) return { kind: "node", name: bare };
    const workspace = workspaces.find(({ name }) => bare === name || bare.startsWith(`${name}/`));
    if (!workspace) return { kind: "package", name: packageName(bare) };
    const subpath = `.${bare.slice(workspace.name.length)}`;
    return fileAt(posix.join(workspace.folder, exportedPath(workspace.exports, subpath) ?? `src/${subpath}`));
  };

  /** @param {string} path @returns {Target} */
  function fileAt(path) {
    const ending = endings.find((each) => isFile(join(root, path + each)));
    return { kind: "file", path: path + (ending ?? "") };
  }
}

/**
 * @param {[string, unknown][]} exported
 * @param {string} subpath
 */
function exportedPath(exported, subpath) {
  for (const [pattern, target] of exported) {
    const [before = "", after = ""] = pattern.split("*");
    if (pattern === subpath) return String(target);
    if (pattern.includes("*") && subpath.startsWith(before) && subpath.endsWith(after)) {
      return String(target).replace("*", subpath.slice(before.length, subpath.length - after.length));
    }
  }
  return undefined;
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** @param {string} path */
function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}
