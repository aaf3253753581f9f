import { expect, test } from "vitest";
import { readTyped } from "./search-area";

test.each([
  ["visa", "visa", undefined],
  ["in:resume visa", "visa", "resume"],
  ["visa IN:CV", "visa", "resume"],
  ["in:name garcia", "garcia", "person"],
  ["garcia in:email lopez", "garcia lopez", "person"],
  ["in:name in:all garcia", "garcia", "everything"],
  ["in:resume", "", "resume"],
  ["in:res", "in:res", undefined],
  ["check-in:resume", "check-in:resume", undefined],
  ["in:toString x", "in:toString x", undefined],
])("%j is a search for %j in %s", (typed, q, area) => {
  expect(readTyped(typed)).toEqual({ q, area });
});
