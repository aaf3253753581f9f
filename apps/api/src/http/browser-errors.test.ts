import { afterEach, beforeEach, expect, test } from "vitest";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ isRateLimited: true });
});
afterEach(() => app.close());

const lastRequestId = "0190aaaa-0000-7000-8000-000000000000";
const error = {
  ...{ app: "dashboard", kind: "screen", type: "TypeError", code: "REACT_418", route: "/leads/$leadId" },
  lastRequestId,
  frames: [{ file: "app/assets/leads-page-x1.js", called: "Row", line: 1, column: 2034 }],
};
const report = (body: object, headers: Record<string, string> = {}) =>
  app.call("POST", "/api/browser-errors", { body, headers });
const errorLines = () => app.logged().filter(({ event }) => event === "browser_error");

test("an error is one line of the log, with where it was and the page's last request, and a number", async () => {
  expect((await report(error)).status).toBe(204);
  const [line, ...more] = errorLines();
  expect(more).toEqual([]);
  expect(line).toMatchObject({
    ...{ level: 50, msg: "error in a page", app: "dashboard", kind: "screen", route: "/leads/$leadId" },
    lastRequestId,
    browserError: { type: "TypeError", code: "REACT_418", frames: error.frames },
  });
  const metrics = await (await app.fetch("/metrics")).text();
  expect(metrics).toContain('intake_browser_errors_total{app="dashboard"} 1');
  expect(metrics).toContain('intake_browser_errors_total{app="form"} 0');
});

test("nothing but places in the code can come along", async () => {
  const [frame] = error.frames;
  for (const wrong of [
    { ...error, message: "Cannot read Jana Müller" },
    { ...error, type: "About Jana Müller" },
    { ...error, route: "/leads?q=mueller" },
    { ...error, frames: [{ ...frame, file: "app/a.js?email=jana@x.example" }] },
    { ...error, frames: Array.from({ length: 21 }, () => frame) },
    { ...error, frames: [] },
    { ...error, lastRequestId: "jana" },
    { ...error, app: "elsewhere" },
  ])
    await readProblem(await report(wrong), 422);
  expect(errorLines()).toEqual([]);
});

test("large bodies and other types are refused", async () => {
  await readProblem(await report({ ...error, code: "X".repeat(9_000) }), 413);
  await readProblem(await report(error, { "Content-Type": "text/plain" }), 415);
  const nothing = await app.fetch("/api/browser-errors", { method: "POST" });
  await readProblem(nothing, 415);
  await readProblem(await app.fetch("/api/browser-errors"), 405);
});

test("one address may tell twenty times a minute", async () => {
  for (let time = 0; time < 20; time++) expect((await report(error)).status).toBe(204);
  const refused = await report(error);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  await readProblem(refused, 429);
  expect(errorLines()).toHaveLength(20);
});
