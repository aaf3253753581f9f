import { afterAll, beforeAll, expect, test } from "vitest";
import { sendRaw } from "../testing/raw-request";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const id = "0190aaaa-0000-7000-8000-000000000000";
const ids = Array.from({ length: 10_000 }, () => id);
const longCalls = ["/trpc/bulk.count", "/trpc/bulk.start", "/api/leads/export"];

/** Says that much is to come, and sends only the beginning: who waits for the rest never answers. */
function announce(path: string, token?: string) {
  const head = [
    `POST ${path} HTTP/1.1`,
    ...["Host: localhost", "Connection: close", "Content-Type: application/json", "Content-Length: 400000"],
    ...(token ? [`Authorization: Bearer ${token}`] : []),
  ];
  return sendRaw(app.port, `${head.join("\r\n")}\r\n\r\n{"kind":"ids","ids":["${id}"`);
}

test.each(longCalls)("a stranger's long body for %s is not waited for", async (path) => {
  expect(await announce(path)).toMatchObject({ status: 401 });
  expect(await announce(path, "not-a-token")).toMatchObject({ status: 401 });
});

test.each(["/trpc/bulk.start", "/api/leads/export"])(
  "nor is one for %s from somebody who may not do this",
  async (path) => {
    expect(await announce(path, await app.signIn("READ_ONLY"))).toMatchObject({ status: 403 });
  },
);

test.each(["/trpc/bulk.count,bulk.start", "/trpc/auth.login", "/trpc/leads.updateStatus"])(
  "a stranger's body over 100 KB for %s is refused unread",
  async (path) => {
    const response = await app.call("POST", `${path}?batch=1`, {
      body: { 0: { note: "x".repeat(100 * 1024) } },
    });
    expect([401, 413]).toContain(response.status);
  },
);

test("whoever may change many names ten thousand leads, and sends no more than 100 KB to any other call", async () => {
  const token = await app.signIn("INTAKE");
  const counted = await app.call("POST", "/trpc/bulk.count", { token, body: { kind: "ids", ids } });
  expect(counted.status).toBe(200);
  const noted = await app.call("POST", "/trpc/notes.add", {
    token,
    body: { leadId: id, noteId: id, body: "x".repeat(100 * 1024) },
  });
  expect(noted.status).toBe(413);
  const tooMuch = await app.call("POST", "/trpc/bulk.count", {
    token,
    body: { ids: "x".repeat(512 * 1024) },
  });
  expect(tooMuch.status).toBe(413);
});
