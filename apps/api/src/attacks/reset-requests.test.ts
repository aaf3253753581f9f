import { hashPassword } from "@intake/core/auth/passwords";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../testing/test-app";

const known = "ana@calderrowe.example";
const gone = "gone@calderrowe.example";
const unknown = "nobody@calderrowe.example";
const statements: string[] = [];
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const passwordHash = await hashPassword("three wise old herons");
  await app.createUser("ADMIN", { email: known, passwordHash });
  const { id } = await app.createUser("ATTORNEY", { email: gone, passwordHash });
  await app.effects.db.prisma.user.update({ where: { id }, data: { disabledAt: new Date() } });
});
afterAll(() => app.close());

/** Listens to every statement on the connections of the product. */
function listen(): void {
  app.effects.db.pool.on("acquire", (client) => {
    if (vi.isMockFunction(client.query)) return;
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    vi.spyOn(client, "query").mockImplementation((...input: unknown[]) => {
      statements.push(textOf(input[0]));
      return query(...input) as never;
    });
  });
}

const textOf = (query: unknown): string =>
  typeof query === "object" && query !== null && "text" in query ? String(query.text) : String(query);

/** What a stranger sees, and the statements it took: time follows from them, and they do not waver on a busy machine. */
async function seen(email: string) {
  statements.length = 0;
  const response = await app.call("POST", "/trpc/account.requestReset", { body: { email } });
  const headers = [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
  return { status: response.status, headers, text: await response.text(), statements: [...statements] };
}

test("asking for a new password: the same bytes and the same work for known, unknown and disabled accounts", async () => {
  listen();
  const answers = [await seen(known), await seen(unknown), await seen(gone)];
  expect(answers[0]?.status).toBe(200);
  expect(answers[0]?.statements.length).toBeGreaterThan(3);
  expect(answers).toEqual([answers[0], answers[0], answers[0]]);
});
