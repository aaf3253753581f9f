import { hashPassword } from "@intake/core/auth/passwords";
import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJson, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const password = "correct horse battery staple";
const email = "ana@calderrowe.example";
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.createUser("ATTORNEY", { email, passwordHash: await hashPassword(password) });
});
afterAll(() => app.close());

const login = (body: object) => app.call("POST", "/api/auth/login", { body });
const own = () => ({ Origin: app.baseUrl, "X-Requested-With": "intake" });
const refreshWith = (cookie: string, headers: Record<string, string>) =>
  app.call("POST", "/api/auth/refresh", { body: {}, headers: { Cookie: cookie, ...headers } });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";

describe("API clients (tokenDelivery: body)", () => {
  test("sign in, call, refresh, sign out", async () => {
    const entered = await login({ email, password, tokenDelivery: "body" });
    expect(entered.status).toBe(200);
    expect(entered.headers.get("cache-control")).toBe("no-store");
    expect(entered.headers.getSetCookie()).toEqual([]);
    const first = tokenAnswerSchema
      .strict()
      .required()
      .parse(await entered.json());
    expect(first).toMatchObject({ tokenType: "Bearer", expiresIn: 300, user: { email, role: "ATTORNEY" } });
    expect((await app.call("GET", "/api/leads", { token: first.accessToken })).status).toBe(200);

    const renewed = await app.call("POST", "/api/auth/refresh", {
      body: { refreshToken: first.refreshToken },
    });
    expect(renewed.headers.getSetCookie()).toEqual([]);
    const second = tokenAnswerSchema
      .strict()
      .required()
      .parse(await renewed.json());
    expect(second.refreshToken).not.toBe(first.refreshToken);

    const out = await app.call("POST", "/api/auth/logout", { token: second.accessToken });
    expect([out.status, await out.text()]).toEqual([204, ""]);
    await readProblem(await app.call("GET", "/api/leads", { token: second.accessToken }), 401);
    await readProblem(
      await app.call("POST", "/api/auth/refresh", { body: { refreshToken: second.refreshToken } }),
      401,
    );
  });
});

describe("browsers (cookie)", () => {
  test("get the refresh token only in a strict HttpOnly cookie, renew with it, and lose it on sign-out", async () => {
    const entered = await login({ email, password });
    const answer = tokenAnswerSchema.strict().parse(await entered.json());
    expect(answer.refreshToken).toBeUndefined();
    expect(entered.headers.getSetCookie()[0]).toMatch(
      /^intake_refresh=[\w.-]+; Max-Age=28800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const renewed = await refreshWith(cookieOf(entered), own());
    expect(renewed.status).toBe(200);
    const { accessToken, refreshToken } = await readJson(renewed, tokenAnswerSchema.strict());
    expect(refreshToken).toBeUndefined();
    expect(cookieOf(renewed)).not.toBe(cookieOf(entered));
    const out = await app.call("POST", "/api/auth/logout", {
      token: accessToken,
      headers: { Cookie: cookieOf(renewed), ...own() },
    });
    expect(out.headers.getSetCookie()[0]).toMatch(/^intake_refresh=; Path=\/; Expires=Thu, 01 Jan 1970/);
    await readProblem(await refreshWith(cookieOf(renewed), own()), 401);
  });

  test.each<[string, Record<string, string>]>([
    ["no Origin", { "X-Requested-With": "intake" }],
    ["Origin null", { Origin: "null", "X-Requested-With": "intake" }],
    ["a sibling's origin", { Origin: "http://evil.localhost", "X-Requested-With": "intake" }],
    ["another port", { Origin: "http://localhost:1", "X-Requested-With": "intake" }],
    ["another scheme", { Origin: "https://localhost", "X-Requested-With": "intake" }],
    ["a look-alike", { Origin: "http://localhost.evil.example", "X-Requested-With": "intake" }],
    ["no custom header", { Origin: "own" }],
    ["another custom header", { Origin: "own", "X-Requested-With": "XMLHttpRequest" }],
  ])("%s cannot use the cookie, and does not spend it", async (_name, { Origin, ...headers }) => {
    const cookie = cookieOf(await login({ email, password }));
    const origin: Record<string, string> =
      Origin === undefined ? {} : { Origin: Origin === "own" ? app.baseUrl : Origin };
    const refused = await refreshWith(cookie, { ...origin, ...headers });
    await readProblem(refused, 403);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await refreshWith(cookie, own())).status).toBe(200);
  });

  test.each([
    "intake_refresh=%zz",
    "intake_refresh=",
    "intake_refresh=a.b.c",
    `intake_refresh=${"x".repeat(5000)}`,
    "intake_refresh",
  ])("cookie %s is 401", async (cookie) => {
    await readProblem(await refreshWith(cookie, own()), 401);
  });

  test("behind https the cookie is Secure, bound to the host by its name, and a plain one is not read", async () => {
    const secure = await startTestApp({ publicUrl: "https://intake.example" });
    try {
      await secure.createUser("ADMIN", { email, passwordHash: await hashPassword(password) });
      const entered = await secure.call("POST", "/api/auth/login", { body: { email, password } });
      expect(entered.headers.getSetCookie()[0]).toMatch(
        /^__Host-intake_refresh=.*; Path=\/;.*; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect(entered.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
      const headers = { Origin: "https://intake.example", "X-Requested-With": "intake" };
      const renew = (Cookie: string) =>
        secure.call("POST", "/api/auth/refresh", { body: {}, headers: { Cookie, ...headers } });
      await readProblem(await renew(cookieOf(entered).replace("__Host-", "")), 401);
      expect((await renew(cookieOf(entered))).status).toBe(200);
    } finally {
      await secure.close();
    }
  });
});

describe("refusals", () => {
  test.each([
    ["a wrong password", { email, password: "wrong" }, 401],
    ["an unknown person", { email: "nobody@calderrowe.example", password }, 401],
    ["no password", { email, password: "" }, 422],
    ["a password of 2 KB", { email, password: "x".repeat(2048) }, 422],
    ["an operator object", { email: { contains: "" }, password }, 422],
    ["another field", { email, password, role: "ADMIN" }, 422],
    ["another delivery", { email, password, tokenDelivery: "url" }, 422],
    ["an array", [], 400],
  ])("%s", async (_name, body, status) => {
    const response = await login(body);
    expect(response.headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
    const problem = await readProblem(response, status);
    expect(JSON.stringify(problem)).not.toContain(email);
  });

  test("no token, a malformed one and a forged one are 401 with WWW-Authenticate, on every protected route", async () => {
    const routes = [
      ["GET", "/api/leads"],
      ["GET", "/api/leads/01890000-0000-7000-8000-000000000000"],
      ["PATCH", "/api/leads/01890000-0000-7000-8000-000000000000"],
      ["GET", "/api/leads/01890000-0000-7000-8000-000000000000/resume"],
      ["POST", "/api/auth/logout"],
    ] as const;
    const tokens = [
      "",
      "Bearer",
      "Bearer ",
      "Basic YTpi",
      "Bearer a.b.c",
      `Bearer ${"x".repeat(5000)}`,
      "Bearer eyJhbGciOiJub25lIn0.e30.",
    ];
    for (const [method, path] of routes) {
      for (const Authorization of tokens) {
        const response = await app.fetch(path, { method, headers: { Authorization } });
        expect(response.headers.get("www-authenticate")).toBe("Bearer");
        await readProblem(response, 401);
      }
    }
  });

  test("an account that waits answers 429 with Retry-After", async () => {
    const limited = await startTestApp({ isRateLimited: true });
    try {
      for (let index = 0; index < 5; index += 1) {
        await readProblem(
          await limited.call("POST", "/api/auth/login", { body: { email, password: "wrong" } }),
          401,
        );
      }
      const refused = await limited.call("POST", "/api/auth/login", { body: { email, password } });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      await readProblem(refused, 429);
    } finally {
      await limited.close();
    }
  });
});
