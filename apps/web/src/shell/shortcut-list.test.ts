// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allShortcuts, capsOf, handledShortcuts, shortcutPlaces } from "./shortcut-list";

/** What can be on the screen together. */
const screens = [
  { places: ["Lead", "Resume"] },
  { places: ["List"] },
  { places: ["Home"] },
  { places: ["Audit"] },
];

test.each(screens)("on the screen with $places each key means one thing", ({ places }) => {
  const here = handledShortcuts.filter(({ place }) => place === "Everywhere" || places.includes(place));
  const keys = here
    // U is Undo while a message offers that; the lead's own waits for it.
    .filter(({ id }) => id !== "shell.undo")
    .flatMap((shortcut) => shortcut.keys);
  expect(keys).toEqual([...new Set(keys)]);
});

test("every key of the list is handled somewhere, or by the part that has the focus", () => {
  const source = sourceOf(join(import.meta.dirname, ".."));
  for (const { id } of handledShortcuts) expect(source, id).toContain(`"${id}":`);
  expect(handledShortcuts.length).toBeGreaterThan(35);
});

test("nothing listens to keys of the whole page beside the list", () => {
  const listeners = sourceOf(join(import.meta.dirname, "..")).match(/document\.addEventListener\("key/g);
  expect(listeners).toHaveLength(1);
});

test("the help has a heading for every key", () => {
  for (const { place, words } of allShortcuts) expect(shortcutPlaces, words).toContain(place);
});

test.each([
  ["r", ["R"]],
  ["Shift+r", ["Shift", "R"]],
  ["Mod+k", ["Ctrl", "K"]],
  ["+", ["+"]],
  ["-", ["−"]],
  ["PageDown", ["PgDn"]],
])("%s stands on its keys as %j", (key, caps) => {
  expect(capsOf(key)).toEqual(caps);
});

/** All code of the dashboard but the list itself and tests, as one text. */
function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|shortcut-list|testing\//.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
