import { expect, test } from "vitest";
import { safeNextPath } from "./next-path";

const origin = "https://intake.example";

test("goes on to a page of the dashboard, search and fragment kept", () => {
  expect(safeNextPath("/app/leads/123?a=b#c", origin)).toBe("/app/leads/123?a=b#c");
});

test.each([
  undefined,
  "",
  "leads",
  "https://evil.example/app/leads",
  "//evil.example/app/leads",
  "/\\evil.example/app/leads",
  "/\t/evil.example/app/leads",
  "javascript:alert(1)",
  "/api/leads",
  "/app/../api/leads",
  "/app/login?next=/app/login",
  "/app/setup",
])("%j leads to the list", (next) => {
  expect(safeNextPath(next, origin)).toBe("/app/");
});
