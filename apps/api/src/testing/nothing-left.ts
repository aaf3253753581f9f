import { expect } from "vitest";
import type { TestApp } from "./test-app";

/** After every hostile request: alive, nothing stored, nothing left behind (security.md, part 3). */
export async function expectNothingLeft(app: TestApp): Promise<void> {
  await expect.poll(() => app.spooled()).toEqual([]);
  expect((await app.fetch("/livez")).status).toBe(200);
  expect(await app.countLeads()).toBe(0);
  expect(await app.countObjects()).toBe(0);
  expect(app.logged().filter((line) => line.msg === "unexpected error")).toEqual([]);
}
