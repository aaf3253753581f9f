import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Bom, isAllowed, listPackages, makeBom } from "./shipped-packages";

let bom: Bom;
beforeAll(async () => {
  ({ bom } = await makeBom());
}, 60_000);

test("everything that ships has a licence that lets it", () => {
  expect(listPackages(bom).filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

test("the list holds what the server runs and no tool of ours", () => {
  const names = listPackages(bom).map(({ name }) => name);
  const collected = readFileSync(resolve(import.meta.dirname, "../../docker/collect.mjs"), "utf8");
  const waiting = /const waiting = \[([^\]]*)\]/.exec(collected)?.[1] ?? "";
  const copied = [...waiting.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  expect(copied.length).toBeGreaterThan(0);
  expect(names).toEqual(expect.arrayContaining([...copied, "express", "react", "pg-boss", "@trpc/server"]));
  for (const tool of ["vitest", "@biomejs/biome", "@playwright/test", "secretlint"])
    expect(names).not.toContain(tool);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-or-later)", true],
  ["MIT AND ISC AND BSD-3-Clause", true],
  ["GPL-3.0-only", false],
  ["MIT AND AGPL-3.0-only", false],
  ["", false],
])("a licence %j may ship: %s", (licence, may) => {
  expect(isAllowed(licence)).toBe(may);
});
