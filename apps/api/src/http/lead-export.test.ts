import { buffer } from "node:stream/consumers";
import { giveManyLeads } from "@intake/core/testing/many-leads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await giveManyLeads(app.effects.db, 12_000);
}, 60_000);
afterAll(() => app.close());

const everything = { kind: "matching", query: {}, except: [] };
const exportAs = (token: string, body: object = { selection: everything, format: "csv-excel" }) =>
  app.call("POST", "/api/leads/export", { token, body });

test("sends every lead, and says how many in the name and beside it", async () => {
  const response = await exportAs(await app.signIn("ATTORNEY"));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="leads-\d{4}-\d\d-\d\d-12000-rows\.csv"$/,
  );
  expect(response.headers.get("x-row-count")).toBe("12000");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const content = Buffer.from(await response.arrayBuffer()).toString("utf8");
  expect(content.match(/^"INT-/gm)).toHaveLength(12_000);
});

test("takes ten thousand ids, and refuses more with a sentence", async () => {
  const token = await app.signIn("ADMIN");
  const leads = await app.effects.db.prisma.lead.findMany({ select: { id: true }, take: 10_001 });
  const ids = leads.map(({ id }) => id);
  const taken = await exportAs(token, { selection: { kind: "ids", ids: ids.slice(1) }, format: "xlsx" });
  expect(taken.headers.get("x-row-count")).toBe("10000");
  await taken.arrayBuffer();
  const problem = await readProblem(await exportAs(token, { selection: { kind: "ids", ids } }), 422);
  expect(problem.errors?.[0]?.message).toBe("Choose at most 10,000 leads one by one, or all that match.");
});

test("one that breaks off does not look whole", async () => {
  const { pool } = app.effects.db;
  const response = await exportAs(await app.signIn("ATTORNEY"), { selection: everything, format: "csv" });
  const reader = response.body?.getReader();
  await reader?.read();
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%leads_of_export%'`,
  );
  const readAll = async () => {
    while (!(await reader?.read())?.done);
  };
  await expect(readAll()).rejects.toThrow();
  // Its place is free again.
  const next = await exportAs(await app.signIn("ATTORNEY"));
  if (next.body) await buffer(next.body);
  expect(next.status).toBe(200);
});

test("asks who is there when that was longer ago", async () => {
  const token = await app.signIn("ATTORNEY");
  await app.effects.db.prisma.session.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
  expect(await (await exportAs(token)).json()).toMatchObject({ code: "FORBIDDEN", remedy: "step-up" });
});

test.each(["INTAKE", "READ_ONLY"] as const)("is closed to %s", async (role) => {
  const problem = await readProblem(await exportAs(await app.signIn(role)), 403);
  expect(problem).toMatchObject({ detail: "Your role cannot export leads. An admin or attorney can." });
});
