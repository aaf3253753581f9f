import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, ownNode, root, workspaceFolders } from "./project.mjs";
import { isExecutable } from "./tools.mjs";

const sharedInputs = [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "prisma.config.ts",
  "tsconfig.base.json",
  "turbo.json",
];

/** A digest of everything that decides what an install puts into node_modules. */
export function installFingerprint() {
  const manifests = workspaceFolders().map((folder) => `${folder}/package.json`);
  const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests];
  return digest([process.platform, process.arch, ...files.map((file) => `${file} ${contentOf(file)}`)]);
}

/** Whether node_modules looks as a finished install leaves it. */
export function isInstalled() {
  const linked = workspaceFolders().every(
    (folder) => !hasDependencies(folder) || existsSync(join(root, folder, "node_modules")),
  );
  return linked && existsSync(join(root, "node_modules/.modules.yaml")) && isExecutable(ownNode);
}

/** A digest of what the generated database client is made from, and whether it is there. */
export function generateFingerprint() {
  const isThere = existsSync(join(root, "packages/db/src/generated"));
  return digest(["prisma.config.ts", "prisma/schema.prisma"].map(contentOf).concat(String(isThere)));
}

/**
 * A digest over size and time of every source and every produced file, so that an edit and a removed output are both
 * seen. It only says that turbo need not be asked; what is rebuilt is turbo's decision, by content.
 */
export function buildFingerprint() {
  const sources = [
    ...filesBelow(root, "apps"),
    ...filesBelow(root, "packages"),
    ...filesBelow(root, "prisma"),
  ];
  const outputs = workspaceFolders().flatMap((folder) => [
    ...filesBelow(root, `${folder}/dist`, () => false),
    ...filesBelow(root, `${folder}/src/generated`, () => false),
  ]);
  return digest([...sharedInputs, ...sources, ...outputs].map((file) => `${file} ${sizeAndTimeOf(file)}`));
}

/** @param {string} folder */
function hasDependencies(folder) {
  const manifest = JSON.parse(contentOf(`${folder}/package.json`));
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
}

/** @param {string} file */
function contentOf(file) {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";
}

/** @param {string} file */
function sizeAndTimeOf(file) {
  const stats = statSync(join(root, file), { throwIfNoEntry: false });
  return stats ? `${stats.size} ${stats.mtimeMs}` : "missing";
}

/** @param {string[]} parts */
function digest(parts) {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
