import { expect, test } from "vitest";
import { weighRoutes } from "./weigh-routes.mjs";

const sizes = new Map([
  ["app.js", 1_000],
  ["list.js", 2_000],
]);
const sizeOf = (/** @type {string} */ file) => sizes.get(file) ?? 0;

test("a route weighs its files and what carries them, and is too heavy above the limit only", () => {
  const routes = { "/": ["app.js"], "/leads": ["app.js", "list.js"] };
  expect(weighRoutes(routes, { limit: 4_900, sizeOf })).toEqual([
    { path: "/", files: 1, bytes: 1_950, isTooHeavy: false },
    { path: "/leads", files: 2, bytes: 4_900, isTooHeavy: false },
  ]);
  expect(weighRoutes(routes, { limit: 4_899, sizeOf }).map(({ isTooHeavy }) => isTooHeavy)).toEqual([
    false,
    true,
  ]);
});
