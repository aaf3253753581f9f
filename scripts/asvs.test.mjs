import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const text = readFileSync(resolve(root, "docs/asvs.md"), "utf8");
const rows = text
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [id = "", level = "", requirement = "", state = "", held = ""] = line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim());
    const [, path = "", words = ""] = /^`([^`]+)`(?:: (.*))?$/.exec(held) ?? [];
    return { id, level, requirement, state, held, path, words };
  });

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; all are numbered from 1. */
const sections = {
  1.1: 2,
  1.2: 9,
  1.3: 11,
  1.4: 3,
  1.5: 2,
  2.1: 3,
  2.2: 3,
  2.3: 4,
  2.4: 1,
  3.2: 2,
  3.3: 4,
  3.4: 6,
  3.5: 5,
  3.7: 2,
  4.1: 3,
  4.2: 1,
  4.3: 2,
  4.4: 4,
  5.1: 1,
  5.2: 3,
  5.3: 2,
  5.4: 3,
  6.1: 3,
  6.2: 12,
  6.3: 4,
  6.4: 4,
  6.5: 5,
  6.6: 3,
  6.8: 4,
  7.1: 3,
  7.2: 4,
  7.3: 2,
  7.4: 5,
  7.5: 2,
  7.6: 2,
  8.1: 2,
  8.2: 3,
  8.3: 1,
  8.4: 1,
  9.1: 3,
  9.2: 4,
  10.1: 2,
  10.2: 2,
  10.3: 4,
  10.4: 11,
  10.5: 5,
  10.6: 2,
  10.7: 3,
  11.1: 2,
  11.2: 3,
  11.3: 3,
  11.4: 4,
  11.5: 1,
  11.6: 1,
  12.1: 3,
  12.2: 2,
  12.3: 4,
  13.1: 1,
  13.2: 5,
  13.3: 2,
  13.4: 5,
  14.1: 2,
  14.2: 4,
  14.3: 3,
  15.1: 3,
  15.2: 3,
  15.3: 7,
  16.1: 1,
  16.2: 5,
  16.3: 4,
  16.4: 3,
  16.5: 3,
  17.1: 1,
  17.2: 4,
  17.3: 2,
};

test("every requirement of levels 1 and 2 has one row, in order", () => {
  const ids = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
  );
  expect(rows.map(({ id }) => id)).toEqual(ids);
  expect(rows.filter(({ level }) => level === "1")).toHaveLength(70);
  expect(rows.filter(({ level }) => level === "2")).toHaveLength(183);
});

test("every row says what it asks and where it stands", () => {
  const states = ["tested", "documented", "built so", "n/a", "not met"];
  for (const { id, requirement, state, held } of rows)
    expect([id, requirement !== "", states.includes(state), held.length > 4]).toEqual([id, true, true, true]);
});

test("what holds a row is there: the file, and in it the test", () => {
  const missing = rows.filter(({ state, path, words }) => {
    if (state === "n/a" || state === "not met") return false;
    const file = resolve(root, path);
    if (path === "" || !existsSync(file)) return true;
    if (state !== "tested") return false;
    return !/\.(test|spec)\.[a-z]+$/.test(path) || !readFileSync(file, "utf8").includes(`"${words}"`);
  });
  expect(missing.map(({ id, held }) => `${id} ${held}`)).toEqual([]);
});
