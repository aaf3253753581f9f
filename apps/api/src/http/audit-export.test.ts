import { verifyExport } from "@intake/core/audit/export-audit-events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const exportAs = (token?: string, query = "") =>
  app.call("GET", `/api/audit/export${query}`, token === undefined ? {} : { token });

test("gives an admin who has just signed in the signed file", async () => {
  const response = await exportAs(await app.signIn("ADMIN"), "?kind=sign-in");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/,
  );
  // As bytes: text() would take the byte-order mark away.
  const content = Buffer.from(await response.arrayBuffer()).toString("utf8");
  expect(verifyExport(app.effects, content)).toBeGreaterThanOrEqual(1);
});

test("asks who is there when that was longer ago", async () => {
  const token = await app.signIn("ADMIN");
  await app.effects.db.prisma.session.updateMany({
    data: { provedAt: new Date(Date.now() - 11 * 60_000) },
  });
  const response = await exportAs(token);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: "FORBIDDEN", remedy: "step-up" });
});

test.each(["ATTORNEY", "INTAKE", "READ_ONLY"] as const)("is closed to %s", async (role) => {
  const problem = await readProblem(await exportAs(await app.signIn(role)), 403);
  expect(problem).toMatchObject({ detail: "Only admins export the audit." });
});

test("is closed to strangers, and refuses filters it does not know", async () => {
  expect((await exportAs()).status).toBe(401);
  expect((await exportAs(await app.signIn("ADMIN"), "?limit=1")).status).toBe(422);
});
