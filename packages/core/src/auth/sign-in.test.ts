import type { KeyObject } from "node:crypto";
import { decodeProtectedHeader, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKeyring } from "../keyring";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { readAccessToken } from "./access-token";
import { authenticate } from "./authenticate";
import { hashPassword } from "./passwords";
import { refreshSession } from "./refresh-session";
import type { User } from "./schema";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

const password = "correct horse battery staple";
let domain: TestDomain;
let user: User;

beforeAll(async () => {
  domain = await createTestDomain();
  user = await domain.createUser("ATTORNEY", {
    email: "ana@calderrowe.example",
    passwordHash: await hashPassword(password),
  });
});
beforeEach(() => domain.ctx.db.prisma.rateLimit.deleteMany());
afterAll(() => domain.close());

const enter = async (input: { email?: string; password?: string; source?: string } = {}) => {
  const credentials = { email: user.email, password, source: "203.0.113.7", tokenDelivery: "body" as const };
  const outcome = await signIn(domain.ctx, { ...credentials, ...input });
  if ("secondFactor" in outcome) throw new Error("Nobody here has a second factor");
  return outcome;
};
const refresh = (refreshToken: string) => refreshSession(domain.ctx, { refreshToken });

describe("signing in", () => {
  test("gives a short access token that names the session, and a person", async () => {
    const { answer, refreshToken } = await enter({ email: " ANA@calderrowe.example " });
    expect(answer).toMatchObject({ tokenType: "Bearer", expiresIn: 300, user });
    expect(decodeProtectedHeader(answer.accessToken)).toEqual({ alg: "HS256", typ: "at+jwt", kid: "v1" });
    const actor = await authenticate(domain.ctx, { token: answer.accessToken });
    expect(actor?.user).toEqual({ ...user, seesResumes: true });
    const session = await domain.ctx.db.prisma.session.findUniqueOrThrow({
      where: { id: refreshToken.split(".")[0] ?? "" },
    });
    expect(JSON.stringify(session)).not.toContain(refreshToken.split(".")[2]);
  });

  test("wrong, unknown and disabled sound the same (detail 4.60)", async () => {
    const gone = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
    await domain.ctx.db.prisma.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const refusals = await Promise.all(
      [{ password: "wrong" }, { email: "nobody@calderrowe.example" }, { email: gone.email }].map((input) =>
        enter(input).catch((error: Error) => ({ ...error, message: error.message })),
      ),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("an account waits after five failures, its office does not, and the wait ends", async () => {
    for (let index = 0; index < 5; index += 1)
      await expect(enter({ password: "wrong" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(enter()).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
      retryAfterSeconds: expect.any(Number),
    });
    const colleague = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
    await expect(enter({ email: colleague.email })).resolves.toBeDefined();
    await domain.ctx.db.prisma
      .$executeRaw`UPDATE rate_limits SET expire = expire - 60000 WHERE key LIKE 'sign-in-wait%'`;
    await expect(enter()).resolves.toBeDefined();
  });

  test("a source waits after thirty failures", async () => {
    const source = "198.51.100.1";
    for (let index = 0; index < 30; index += 1) {
      await expect(enter({ email: `x${index}@y.example`, password: "wrong", source })).rejects.toMatchObject({
        code: "UNAUTHORIZED",
      });
    }
    await expect(enter({ source })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    await expect(enter()).resolves.toBeDefined();
  });
});

describe("a session", () => {
  test("ends after 30 idle minutes, to the second", async () => {
    const alive = await enter();
    domain.passSeconds(30 * 60 - 1);
    const { answer } = await refresh(alive.refreshToken);
    expect(await authenticate(domain.ctx, { token: answer.accessToken })).not.toBeNull();
    const idle = await enter();
    domain.passSeconds(30 * 60);
    await expect(refresh(idle.refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("ends after 8 hours whatever happens", async () => {
    let { refreshToken, answer } = await enter();
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      domain.passSeconds(20 * 60);
      ({ refreshToken, answer } = await refresh(refreshToken));
      expect(await authenticate(domain.ctx, { token: answer.accessToken })).not.toBeNull();
    }
    domain.passSeconds(20 * 60);
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a disabled, demoted or signed-out person loses access at once", async () => {
    const { answer, refreshToken } = await enter();
    await domain.ctx.db.prisma.user.update({ where: { id: user.id }, data: { role: "READ_ONLY" } });
    expect((await authenticate(domain.ctx, { token: answer.accessToken }))?.user.role).toBe("READ_ONLY");
    await domain.ctx.db.prisma.user.update({
      where: { id: user.id },
      data: { role: "ATTORNEY", disabledAt: new Date() },
    });
    expect(await authenticate(domain.ctx, { token: answer.accessToken })).toBeNull();
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await domain.ctx.db.prisma.user.update({ where: { id: user.id }, data: { disabledAt: null } });
    await signOut(domain.asStaff(user, refreshToken.split(".")[0]));
    expect(await authenticate(domain.ctx, { token: answer.accessToken })).toBeNull();
  });
});

describe("refresh tokens", () => {
  test("rotate; twenty tabs at once get the same child (detail 4.58)", async () => {
    const { refreshToken } = await enter();
    const children = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(new Set(children.map((child) => child.refreshToken)).size).toBe(1);
    await expect(refresh(children[0]?.refreshToken ?? "")).resolves.toBeDefined();
  });

  test("the parent works for 10 s, then it ends the session", async () => {
    const { refreshToken } = await enter();
    const child = await refresh(refreshToken);
    domain.passSeconds(10);
    expect((await refresh(refreshToken)).refreshToken).toBe(child.refreshToken);
    domain.passSeconds(1);
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(refresh(child.refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const events = await domain.ctx.db.prisma.auditEvent.findMany({ where: { type: "auth.token_reused" } });
    expect(events).toHaveLength(1);
  });

  test("a grandparent ends the session at once, an invented token does not", async () => {
    const first = await enter();
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    const [sessionId] = first.refreshToken.split(".");
    for (const invented of [
      `${sessionId}.0.${"A".repeat(43)}`,
      `${sessionId}.99.${"A".repeat(43)}`,
      "nonsense",
      `${sessionId}.0.`,
    ]) {
      await expect(refresh(invented)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    }
    await expect(refresh(third.refreshToken)).resolves.toBeDefined();
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(refresh(third.refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("access tokens", () => {
  test("end after five minutes", async () => {
    const { answer } = await enter();
    domain.passSeconds(299);
    expect(await readAccessToken(domain.ctx, answer.accessToken)).not.toBeNull();
    domain.passSeconds(2);
    expect(await readAccessToken(domain.ctx, answer.accessToken)).toBeNull();
  });

  test("a remembered token counts neither before its time nor with another installation's key", async () => {
    const { answer } = await enter();
    expect(await readAccessToken(domain.ctx, answer.accessToken)).not.toBeNull();
    const earlier = new Date(domain.ctx.now().getTime() - 60_000);
    expect(await readAccessToken({ ...domain.ctx, now: () => earlier }, answer.accessToken)).toBeNull();
    const elsewhere = { ...domain.ctx, keyring: createKeyring(new Uint8Array(32).fill(8)) };
    expect(await readAccessToken(elsewhere, answer.accessToken)).toBeNull();
  });

  const now = () => Math.floor(domain.ctx.now().getTime() / 1000);
  const good = {
    sub: "01890000-0000-7000-8000-000000000000",
    sid: "01890000-0000-7000-8000-000000000001",
    jti: "x",
    iss: "intake",
    aud: "intake-api",
  };
  const forge = (
    claims: object,
    header: object,
    key: Uint8Array | KeyObject = domain.ctx.keyring.accessToken,
  ) =>
    new SignJWT({ iat: now(), exp: now() + 60, ...good, ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "v1", ...header })
      .sign(key);

  test("the honest forgery passes, so the others fail for their own reason", async () => {
    expect(await readAccessToken(domain.ctx, await forge({}, {}))).not.toBeNull();
  });

  test.each([
    ["another algorithm", {}, { alg: "HS512" }],
    ["another type", {}, { typ: "JWT" }],
    ["another key id", {}, { kid: "../../dev/null" }],
    ["no expiry", { exp: undefined }, {}],
    ["no id", { jti: undefined }, {}],
    ["another audience", { aud: "other" }, {}],
    ["another issuer", { iss: "other" }, {}],
    ["a session that is no id", { sid: "1" }, {}],
    ["a life that is too long", { iat: 1, exp: 4_000_000_000 }, {}],
  ])("%s is refused", async (_name, claims, header) => {
    expect(await readAccessToken(domain.ctx, await forge(claims, header))).toBeNull();
  });

  test("another key, no signature and noise are refused", async () => {
    const token = await forge({}, {}, new Uint8Array(32).fill(1));
    const [, payload] = token.split(".");
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt","kid":"v1"}').toString("base64url")}.${payload}.`;
    for (const text of [token, unsigned, "", "a.b.c", "💥"])
      expect(await readAccessToken(domain.ctx, text)).toBeNull();
  });
});
