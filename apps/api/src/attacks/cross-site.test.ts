import { hashPassword } from "@intake/core/auth/passwords";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../testing/test-app";

const password = "three wise old herons";
const email = "ana@calderrowe.example";
let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp();
  await app.createUser("ADMIN", { email, passwordHash: await hashPassword(password) });
  const entered = await app.call("POST", "/api/auth/login", { body: { email, password } });
  cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
});
afterAll(() => app.close());

const json = "application/json";
const post = (path: string, headers: Record<string, string>, body = "{}") =>
  app.fetch(path, { method: "POST", headers: { Cookie: cookie, ...headers }, body });

describe.each(["/trpc/auth.refresh", "/api/auth/refresh"])("%s from a foreign page", (path) => {
  test.each<[string, Record<string, string>]>([
    ["the cookie alone", { "Content-Type": json }],
    ["an opaque origin", { "Content-Type": json, Origin: "null", "X-Requested-With": "intake" }],
    ["a sibling", { "Content-Type": json, Origin: "http://www.localhost", "X-Requested-With": "intake" }],
    ["another port", { "Content-Type": json, Origin: "http://localhost:1", "X-Requested-With": "intake" }],
    ["the Referer only", { "Content-Type": json, Referer: "own", "X-Requested-With": "intake" }],
    ["our origin without the header", { "Content-Type": json, Origin: "own" }],
  ])("with %s gets nothing and spends nothing", async (_name, given) => {
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === "own" ? app.baseUrl : value]),
    );
    const refused = await post(path, headers);
    expect(refused.status).toBe(403);
    expect(await refused.text()).not.toContain("accessToken");
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "",
  ])("with a body that needs no preflight (%s) gets nothing", async (type) => {
    const headers: Record<string, string> = { Origin: "http://evil.example" };
    if (type) headers["Content-Type"] = type;
    const refused = await post(path, headers);
    expect([403, 415]).toContain(refused.status);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });
});

test("no other call takes the cookie for an answer to who is calling", async () => {
  const own = { "Content-Type": json, Origin: app.baseUrl, "X-Requested-With": "intake" };
  for (const path of [
    "/trpc/auth.logout",
    "/api/auth/logout",
    "/trpc/sessions.endOthers",
    "/trpc/apiKeys.create",
  ])
    expect((await post(path, own)).status).toBe(401);
  for (const path of ["/api/leads", "/trpc/sessions.mine"])
    expect((await app.fetch(path, { headers: { Cookie: cookie, ...own } })).status).toBe(401);
});

test("a preflight of a foreign page is not answered with leave", async () => {
  const response = await app.fetch("/trpc/auth.refresh", {
    method: "OPTIONS",
    headers: {
      Origin: "http://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "x-requested-with",
    },
  });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  expect(response.headers.get("access-control-allow-headers")).toBeNull();
});

test("after all this the cookie still works for our own page", async () => {
  const own = { "Content-Type": json, Origin: app.baseUrl, "X-Requested-With": "intake" };
  expect((await post("/api/auth/refresh", own)).status).toBe(200);
});
