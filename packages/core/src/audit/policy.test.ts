import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { describeType } from "./policy";
import { auditKinds } from "./schema";

const core = resolve(import.meta.dirname, "..");
/** Every type of event that the verbs write, read from their source. */
const types = new Set(
  readdirSync(core, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("testing"))
    .flatMap((path) => [...readFileSync(join(core, path), "utf8").matchAll(/\btype: "([a-z_]+\.[a-z_]+)"/g)])
    .map(([, type]) => type ?? ""),
);

test("the verbs write events", () => {
  expect(types.size).toBeGreaterThan(30);
});

test.each([...types].sort())("%s has words and a kind", (type) => {
  expect(describeType(type)).toMatch(/^[A-Z]/);
  const prefixes: readonly string[] = Object.values(auditKinds).flat();
  expect(prefixes).toContain(type.split(".")[0]);
});
