import { filesBelow } from "../setup/project.mjs";
import { findCycles } from "./find-cycles.mjs";
import * as judge from "./judge.mjs";
import { isTest, isToolSetting } from "./map.mjs";
import { readModule } from "./read-module.mjs";
import { createResolver } from "./resolve-import.mjs";

/**
 * Something on the wrong side of a wall. `message` says where it belongs.
 * @typedef {{ path: string; line: number; message: string }} Violation
 */

/**
 * Checks every source file of the workspace against the map.
 * @param {string} root
 * @returns {{ violations: Violation[]; fileCount: number }}
 */
export function findViolations(root) {
  const resolveImport = createResolver(root);
  const paths = ["apps", "packages"]
    .flatMap((folder) => filesBelow(root, folder))
    .filter((path) => /\.(?:ts|tsx|mts)$/.test(path) && !path.endsWith(".d.ts"));
  const modules = new Map(paths.map((path) => [path, readModule(root, path)]));

  /** @type {Violation[]} */
  const violations = [];
  /** @type {Map<string, Map<string, number>>} */
  const edges = new Map();

  for (const { path, imports, environmentLines } of modules.values()) {
    /** @type {Map<string, number>} */
    const needs = new Map();
    edges.set(path, needs);
    for (const each of imports) {
      const target = resolveImport(path, each.specifier);
      if (target.kind === "file" && !each.isType && !needs.has(target.path))
        needs.set(target.path, each.line);
      const message = judgeImport({ ...each, path, target }, modules);
      if (message) violations.push({ path, line: each.line, message });
    }
    for (const line of environmentLines) {
      const message = judge.environment(path);
      if (message) violations.push({ path, line, message });
    }
  }
  for (const cycle of findCycles(edges)) {
    const [path = "", next = ""] = cycle;
    violations.push({
      path,
      line: edges.get(path)?.get(next) ?? 1,
      message: `Files import each other in a circle: ${cycle.join(" → ")}. What they share belongs in a file of its own that imports neither.`,
    });
  }
  return { violations, fileCount: paths.length };
}

/**
 * @param {import("./judge.mjs").Reach} reach
 * @param {Map<string, import("./read-module.mjs").Module>} modules
 * @returns {string | undefined}
 */
function judgeImport(reach, modules) {
  if (isTest(reach.path) || isToolSetting(reach.path)) return judge.barrel(reach);
  return (
    judge.barrel(reach) ??
    judge.shape(reach) ??
    judge.browserBuiltin(reach) ??
    judge.vendor(reach) ??
    judge.door(reach) ??
    judge.feature(reach, modules)
  );
}
