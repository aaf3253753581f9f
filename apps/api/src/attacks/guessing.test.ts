import { hashPassword } from "@intake/core/auth/passwords";
import * as argon2 from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../testing/test-app";

// Counts the work of a sign-in: its time follows from that, and a count does not waver on a busy machine.
vi.mock("@node-rs/argon2", async (load) => {
  const real = await load<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const password = "three wise old herons";
const known = "ana@calderrowe.example";
const gone = "gone@calderrowe.example";
const linkOnly = "sso@calderrowe.example";
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ isRateLimited: true });
  const passwordHash = await hashPassword(password);
  await app.createUser("ADMIN", { email: known, passwordHash });
  const { id } = await app.createUser("ATTORNEY", { email: gone, passwordHash });
  const single = await app.createUser("ATTORNEY", { email: linkOnly });
  await app.effects.db.prisma.user.update({ where: { id }, data: { disabledAt: new Date() } });
  await app.effects.db.prisma.user.update({ where: { id: single.id }, data: { passwordHash: null } });
});
beforeEach(() => app.effects.db.prisma.rateLimit.deleteMany());
afterAll(() => app.close());

const login = (body: object, headers: Record<string, string> = {}) =>
  app.call("POST", "/api/auth/login", { body, headers });

/** All that a stranger sees of an answer, but for what differs between any two. */
async function seen(response: Response): Promise<string> {
  const headers = [...response.headers].filter(
    ([name]) => !["date", "x-request-id", "retry-after"].includes(name),
  );
  const text = (await response.text())
    .replace(/"requestId":"[^"]+"/, '"requestId":"?"')
    .replace(/\d+ (seconds|minutes)/, "? $1");
  return JSON.stringify([response.status, headers, text]);
}

describe("who has an account cannot be found out", () => {
  test("unknown, wrong, disabled and single sign-on only: the same bytes and the same work", async () => {
    const attempts = [
      { email: "nobody@calderrowe.example", password },
      { email: known, password: "wrong" },
      { email: gone, password },
      { email: gone, password: "wrong" },
      { email: linkOnly, password },
    ];
    const answers = new Set<string>();
    const hashes: number[] = [];
    for (const attempt of attempts) {
      vi.mocked(argon2.verify).mockClear();
      answers.add(await seen(await login(attempt)));
      hashes.push(vi.mocked(argon2.verify).mock.calls.length);
    }
    expect([...answers]).toHaveLength(1);
    expect(hashes).toEqual([1, 1, 1, 1, 1]);
  });

  test("locked: known and unknown accounts, right and wrong passwords look alike and cost no hash", async () => {
    for (const email of [known, gone, "nobody@calderrowe.example"])
      for (let index = 0; index < 5; index += 1) await login({ email, password: "wrong" });
    vi.mocked(argon2.verify).mockClear();
    const answers = new Set<string>();
    for (const email of [known, gone, "nobody@calderrowe.example"])
      for (const attempt of [password, "wrong"])
        answers.add(await seen(await login({ email, password: attempt })));
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain("429");
    expect(argon2.verify).not.toHaveBeenCalled();
  });
});

describe("passwords cannot be tried out", () => {
  test("a forged forwarding header gives no new source, and the answer says when to come back", async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      const forged = {
        "X-Forwarded-For": `198.51.100.${index}`,
        "X-Real-IP": `198.51.100.${index}`,
        Forwarded: `for=198.51.100.${index}`,
      };
      statuses.push((await login({ email: `victim${index}@x.example`, password: "wrong" }, forged)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    const refused = await login({ email: known, password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(200);
    expect(await refused.text()).toMatch(/Try again in \d+ minutes/);
  });

  test("a hundred tries at once on one account are five", async () => {
    const tries = await Promise.all(
      Array.from({ length: 60 }, () => login({ email: known, password: "wrong" })),
    );
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(55);
  });

  test.each([
    ["two sign-ins", "auth.login,auth.login"],
    ["one behind a list", "leads.list,auth.login"],
    ["one by its encoded name", "leads.list%2Cauth.login"],
    ["the second step", "auth.verifySecondFactor,auth.verifySecondFactor"],
  ])("a batch with %s is refused whole", async (_name, path) => {
    const body = { 0: { email: known, password: "a" }, 1: { email: known, password: "b" } };
    vi.mocked(argon2.verify).mockClear();
    const response = await app.call("POST", `/trpc/${path}?batch=1`, { body });
    expect(response.status).toBe(400);
    expect(argon2.verify).not.toHaveBeenCalled();
  });
});

describe("nobody gives themselves more than they have", () => {
  test.each<Record<string, unknown>>([
    { role: "ADMIN" },
    { userId: "01890000-0000-7000-8000-000000000000" },
    { sessionId: "01890000-0000-7000-8000-000000000000" },
    { __proto__: null, constructor: { prototype: { role: "ADMIN" } } },
  ])("signing in with %j is refused", async (extra) => {
    expect((await login({ email: known, password, ...extra })).status).toBe(422);
  });

  test("an operator object is no address and no password", async () => {
    for (const body of [
      { email: { contains: "" }, password },
      { email: known, password: { not: "" } },
      { email: [known], password },
    ])
      expect((await login(body)).status).toBe(422);
  });

  test("a session is never one that the caller brought along", async () => {
    const first = await login({ email: known, password });
    const cookie = first.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const second = await login({ email: known, password }, { Cookie: cookie });
    const brought = cookie.split("=")[1]?.split(".")[0] ?? "?";
    const given = second.headers.getSetCookie()[0]?.split("=")[1]?.split(".")[0];
    expect(given).toMatch(/^[0-9a-f-]{36}$/);
    expect(given).not.toBe(brought);
  });
});
