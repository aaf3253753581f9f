import { basename } from "node:path";
import {
  belonging,
  doors,
  featureOf,
  isErrorContract,
  isPort,
  isShape,
  isTest,
  isToolSetting,
  packageOf,
  runsInBrowser,
  vendors,
} from "./map.mjs";

/**
 * An import together with who imports and where it leads.
 * @typedef {import("./read-module.mjs").Import & {
 *   path: string;
 *   target: import("./resolve-import.mjs").Target;
 * }} Reach
 */

/**
 * A file that only passes on what others export hides where things live.
 * @param {Reach} reach
 */
export function barrel({ path, specifier, isReexport }) {
  const isIndex = /^index\.tsx?$/.test(basename(path));
  if (!isIndex || !isReexport) return undefined;
  return `Re-exports "${specifier}": no barrels. Import each thing from the file that defines it.`;
}

/** Shapes and word lists: pure, and the same in a browser. */
const harmless = /^(?:zod$|@zxcvbn-ts\/)/;

/**
 * Shapes run in the browser too, so they may need nothing but zod, the password estimator and each other.
 * @param {Reach} reach
 */
export function shape({ path, specifier, isType, target }) {
  if (!isShape(path) || isType) return undefined;
  const isHarmless =
    target.kind === "file" ? isShape(target.path) : target.kind === "package" && harmless.test(target.name);
  if (isHarmless) return undefined;
  return `Imports "${specifier}", but this file is sent to browsers and may import only zod and other schema or policy files. What needs more belongs in a verb of the same folder.`;
}

/** @param {Reach} reach */
export function browserBuiltin({ path, specifier, isType, target }) {
  if (target.kind !== "node" || isType || !runsInBrowser(path)) return undefined;
  return `Imports "${specifier}", which a browser does not have. Code for Node belongs in a server package, or in packages/client/src/node.ts.`;
}

/** @param {Reach} reach */
export function vendor({ path, target }) {
  if (target.kind !== "package") return undefined;
  const rule = vendors.find(({ names }) => names.test(target.name));
  if (!rule || rule.homes.some((home) => path.startsWith(home))) return undefined;
  return `Imports "${target.name}". ${rule.belongs}.`;
}

/**
 * One package reaches for another.
 * @param {Reach} reach
 */
export function door({ path, specifier, isType, target }) {
  if (target.kind !== "file" || packageOf(target.path) === packageOf(path)) return undefined;
  const from = packageOf(path) ?? "";
  const to = packageOf(target.path);
  if (!to)
    return `Imports "${specifier}" from outside every package. What packages need belongs in one of them.`;
  if (specifier.startsWith("."))
    return `Imports "${specifier}" across a package's border. Import it by name: "@intake/${to}/…".`;
  if (isTest(target.path)) return `Imports "${specifier}", which is for tests only.`;
  const width = doors[from]?.[to];
  const isOpen =
    width === "all" ||
    (width === "types" && (isType || isShape(target.path) || isPort(target.path))) ||
    (width === "shapes" && (isShape(target.path) || (isType && isErrorContract(target.path))));
  if (isOpen) return undefined;
  const what = width === "types" ? `more than types from "${specifier}"` : `"${specifier}"`;
  return `Imports ${what}. ${belonging[to] ?? "No package is meant to need it; a new door goes into scripts/walls/map.mjs, on purpose"}.`;
}

/**
 * A feature of core shows its schema, its policy and its verbs. A verb's file carries the name of what it exports:
 * `first-admin.ts` exports `createFirstAdmin` and `passwords.ts` exports `hashPassword`, while `lead-row.ts`, which exports no such function, is internal.
 * @param {Reach} reach
 * @param {Map<string, import("./read-module.mjs").Module>} modules
 */
export function feature({ path, specifier, isType, target }, modules) {
  const other = target.kind === "file" ? featureOf(target.path) : undefined;
  if (target.kind !== "file" || !other || other === featureOf(path) || isShape(target.path)) return undefined;
  // The context at the root of core names what every feature may need.
  if (isType && /^packages\/core\/src\/[^/]+$/.test(path)) return undefined;
  const words = basename(target.path)
    .replace(/s?\.tsx?$/, "")
    .replaceAll("-", "");
  const exported = [...(modules.get(target.path)?.valueExports ?? [])];
  if (exported.some((each) => each.toLowerCase().includes(words))) return undefined;
  return `Imports "${specifier}", which is internal to ${other}: others take its schema, its policy and its verbs. Call a verb of ${other}, or name the file after the function it offers to others (it exports ${exported.join(", ") || "types only"}).`;
}

/** Only the host reads the environment, once, and parses it. @param {string} path */
export function environment(path) {
  const isFree = path.startsWith("apps/api/") || isTest(path) || isToolSetting(path);
  return isFree
    ? undefined
    : "Reads process.env. Settings are parsed once in apps/api and arrive as arguments; pass the value in.";
}
