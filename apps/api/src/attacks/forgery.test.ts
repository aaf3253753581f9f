import { createHmac } from "node:crypto";
import { createApiKey } from "@intake/core/api-keys/create-api-key";
import { readAccessToken } from "@intake/core/auth/access-token";
import { tokenAnswerSchema, type User } from "@intake/core/auth/schema";
import { startSession } from "@intake/core/auth/sign-in";
import type { Context } from "@intake/core/context";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJson } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const pair = tokenAnswerSchema.required({ refreshToken: true });

let app: TestApp;
/** A second instance on the same database. */
let twin: TestApp;
beforeAll(async () => {
  app = await startTestApp({ isRateLimited: true });
  twin = await startTestApp({
    isRateLimited: true,
    database: { db: app.effects.db, connectionString: app.connectionString },
  });
});
afterAll(async () => {
  await twin.close();
  await app.close();
});

const staffActor = (user: User) =>
  ({ type: "user", user: { ...user, seesResumes: true }, sessionId: user.id }) as const;
const ctx = (): Context => ({ ...app.effects, actor: { type: "prospect" }, requestId: null, source: null });

async function open(role: "ADMIN" | "ATTORNEY" = "ATTORNEY") {
  const user = await app.createUser(role);
  const { answer, refreshToken } = await startSession(ctx(), user);
  return { user, refreshToken, token: answer.accessToken, sessionId: refreshToken.split(".")[0] ?? "" };
}
const list = (token: string, on = app) =>
  on.call("GET", "/api/leads", { token }).then(({ status }) => status);
const refresh = (refreshToken: string, on = app) =>
  on.call("POST", "/api/auth/refresh", { body: { refreshToken } });

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

describe("access tokens", () => {
  async function forge(input: { claims?: object; header?: object; key?: Buffer; hash?: string } = {}) {
    const { user, sessionId } = await open();
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: "intake",
      aud: "intake-api",
      sub: user.id,
      sid: sessionId,
      jti: "x",
      iat: now,
      exp: now + 60,
    };
    const head = encode({ alg: "HS256", typ: "at+jwt", kid: "v1", ...input.header });
    const payload = encode({ ...claims, ...input.claims });
    const key = input.key ?? app.effects.keyring.accessToken.export();
    const mac = createHmac(input.hash ?? "sha256", key)
      .update(`${head}.${payload}`)
      .digest("base64url");
    return { text: `${head}.${payload}.${mac}`, head, payload };
  }

  test("a forgery with the real key and real claims opens, so each other fails for its own reason", async () => {
    expect(await list((await forge()).text)).toBe(200);
  });

  test.each<[string, Parameters<typeof forge>[0]]>([
    ["another key", { key: Buffer.alloc(32, 1) }],
    ["an empty key", { key: Buffer.alloc(0) }],
    ["another algorithm, rightly signed", { header: { alg: "HS512" }, hash: "sha512" }],
    ["an unknown key id", { header: { kid: "v2" } }],
    ["a key id that is a path", { header: { kid: "../../../../dev/null" }, key: Buffer.alloc(0) }],
    ["a key id that is SQL", { header: { kid: "v1' UNION SELECT 'x" } }],
    ["no key id", { header: { kid: undefined } }],
    ["a key of its own", { header: { jwk: { kty: "oct", k: "AA" } }, key: Buffer.alloc(1) }],
    ["a key from elsewhere", { header: { jku: "https://evil.example/keys" }, key: Buffer.alloc(32, 2) }],
    ["an unknown critical header", { header: { crit: ["b64"], b64: false } }],
    ["another type", { header: { typ: "JWT" } }],
    ["no expiry", { claims: { exp: undefined } }],
    ["an expiry that is text", { claims: { exp: "never" } }],
    ["a past expiry", { claims: { exp: 1 } }],
    ["an expiry far away and an old issue", { claims: { iat: 1, exp: 4_000_000_000 } }],
    ["an issue in the future", { claims: { iat: 4_000_000_000, exp: 4_000_000_060 } }],
    ["another audience", { claims: { aud: "other" } }],
    ["another issuer", { claims: { iss: "https://intake.evil" } }],
    ["no session", { claims: { sid: undefined } }],
    ["somebody else's name on it", { claims: { sub: "01890000-0000-7000-8000-000000000000" } }],
  ])("with %s open nothing", async (_name, input) => {
    expect(await list((await forge(input)).text)).toBe(401);
  });

  test("without a signature, in each spelling, open nothing", async () => {
    const { payload } = await forge();
    for (const alg of ["none", "None", "NONE", "nOnE", ""])
      expect(await list(`${encode({ alg, typ: "at+jwt", kid: "v1" })}.${payload}.`)).toBe(401);
  });

  test("an expiry far away still ends after five minutes", async () => {
    const { text } = await forge({ claims: { exp: 4_000_000_000 } });
    expect(await list(text)).toBe(200);
    const late = { ...app.effects, now: () => new Date(Date.now() + 301_000) };
    expect(await readAccessToken(late, text)).toBeNull();
  });
});

describe("refresh tokens", () => {
  test("twenty at once over two instances all stay in, with the same child", async () => {
    const { refreshToken } = await open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refresh(refreshToken, index % 2 === 0 ? app : twin)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const children = await Promise.all(answers.map((answer) => readJson(answer, pair)));
    expect(new Set(children.map((child) => child.refreshToken)).size).toBe(1);
  });

  test("a stolen one that comes back ends the family, mails the owner and is logged as critical", async () => {
    const { refreshToken, user, sessionId } = await open();
    const second = await readJson(await refresh(refreshToken), pair);
    const third = await readJson(await refresh(second.refreshToken, twin), pair);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await refresh(third.refreshToken)).status).toBe(401);
    expect(await list(third.accessToken, twin)).toBe(401);
    expect(app.logged()).toContainEqual(
      expect.objectContaining({ event: "authn_token_reuse", severity: "CRITICAL", sessionId }),
    );
    const mails = await app.effects.db.prisma.outboxMail.findMany({ where: { userId: user.id } });
    expect(mails).toMatchObject([{ kind: "SECURITY_NOTICE", notice: "session.reused" }]);
  });

  test("over thirty a minute wait, and the session lives on", async () => {
    const { refreshToken, token } = await open();
    const answers = await Promise.all(Array.from({ length: 40 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await list(token)).toBe(200);
  });
});

describe("whoever loses the right loses it at once, on every instance", () => {
  test.each<[string, (who: { userId: string; sessionId: string }) => Promise<unknown>]>([
    [
      "deactivated",
      ({ userId }) =>
        app.effects.db.prisma.user.update({ where: { id: userId }, data: { disabledAt: new Date() } }),
    ],
    [
      "their session ended",
      ({ sessionId }) => app.effects.db.prisma.session.delete({ where: { id: sessionId } }),
    ],
  ])("%s", async (_name, lose) => {
    const { user, token, sessionId } = await open();
    expect([await list(token), await list(token, twin)]).toEqual([200, 200]);
    await lose({ userId: user.id, sessionId });
    expect([await list(token), await list(token, twin)]).toEqual([401, 401]);
  });

  test("given another role, a person and their keys act by it", async () => {
    const { user, token } = await open("ADMIN");
    const person = { ...ctx(), actor: staffActor(user) };
    const { secret } = await createApiKey(person, { name: "CRM", role: "ADMIN" });
    const change = (bearer: string, on: TestApp) =>
      on
        .call("PATCH", `/api/leads/${user.id}`, { token: bearer, body: { status: "REACHED_OUT" } })
        .then(({ status }) => status);
    expect([await change(token, app), await change(secret, twin)]).toEqual([404, 404]);
    await app.effects.db.prisma.user.update({ where: { id: user.id }, data: { role: "READ_ONLY" } });
    expect([await change(token, twin), await change(secret, app)]).toEqual([403, 403]);
    await app.effects.db.prisma.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    expect([await list(secret), await list(secret, twin)]).toEqual([401, 401]);
  });
});

test("an API key is for programs: it cannot look after its owner's sessions, nor make keys", async () => {
  const { user } = await open("ADMIN");
  const person = { ...ctx(), actor: staffActor(user) };
  const { secret } = await createApiKey(person, { name: "CRM", role: "ADMIN" });
  const ask = (path: string) =>
    app.call("GET", `/trpc/${path}`, { token: secret }).then(({ status }) => status);
  expect(await list(secret)).toBe(200);
  expect([await ask("sessions.mine"), await ask("apiKeys.list")]).toEqual([403, 403]);
  expect((await app.call("POST", "/api/auth/logout", { token: secret })).status).toBe(403);
  await app.effects.activity.write();
  const key = await app.effects.db.prisma.apiKey.findFirstOrThrow({ where: { userId: user.id } });
  expect(key.lastUsedAt).not.toBeNull();
});
