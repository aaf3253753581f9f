import { afterAll, beforeAll, expect, test } from "vitest";
import { hashPassword } from "../auth/passwords";
import type { User } from "../auth/schema";
import { signIn, startSession } from "../auth/sign-in";
import { signOut } from "../auth/sign-out";
import type { PersonContext } from "../context";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { deviceName } from "./device-name";
import { endMyOtherSessions } from "./end-my-other-sessions";
import { endMySession } from "./end-my-session";
import { listMySessions } from "./list-my-sessions";
import { listSignInHistory } from "./list-sign-in-history";
import { readSessionState } from "./read-session-state";

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";
const password = "three wise old herons";
let domain: TestDomain;
let ana: User;
let ben: User;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
  ben = await domain.createUser("ATTORNEY");
});
afterAll(() => domain.close());

async function open(user: User, userAgent: string | null = firefox): Promise<PersonContext> {
  const { refreshToken } = await startSession({ ...domain.ctx, userAgent }, user);
  return domain.asStaff(user, refreshToken.split(".")[0]);
}

test("a person sees their own living sessions, with device and network, this one first", async () => {
  await open(ben);
  await open(ana);
  domain.passSeconds(1_000);
  const other = await open(ana, null);
  domain.passSeconds(800);
  const mine = await open(ana);
  expect(await listMySessions(mine)).toMatchObject([
    { id: mine.actor.sessionId, isThisOne: true, device: "Firefox on Windows", network: "203.0.113.0/24" },
    { id: other.actor.sessionId, isThisOne: false, device: null, method: "PASSWORD" },
  ]);
  const user = await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { id: ana.id } });
  expect(user.lastSignedInAt).toEqual(domain.ctx.now());
});

test("one of mine ends alone, nobody else's can be ended, and all others end together", async () => {
  const mine = await open(ana);
  const second = await open(ana);
  const third = await open(ana);
  const bens = await open(ben);
  await endMySession(mine, { sessionId: second.actor.sessionId });
  for (const sessionId of [second.actor.sessionId, bens.actor.sessionId])
    await expect(endMySession(mine, { sessionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await listMySessions(mine)).map(({ id }) => id)).toContain(third.actor.sessionId);
  await endMyOtherSessions(mine);
  expect(await listMySessions(mine)).toHaveLength(1);
  expect((await listMySessions(bens)).map(({ id }) => id)).toContain(bens.actor.sessionId);
});

test("the history tells what happened to an account, failures by strangers included, and nothing of others", async () => {
  await domain.ctx.db.prisma.rateLimit.deleteMany();
  const attempt = { email: ana.email, source: "203.0.113.7", tokenDelivery: "body" } as const;
  await expect(signIn(domain.ctx, { ...attempt, password: "wrong" })).rejects.toThrow();
  domain.passSeconds(1);
  const mine = await open(ana);
  domain.passSeconds(1);
  await signOut(mine);
  const history = await listSignInHistory(mine);
  expect(history.slice(0, 3).map(({ type }) => type)).toEqual([
    "auth.signed_out",
    "auth.signed_in",
    "auth.sign_in_failed",
  ]);
  expect(new Set(history.map(({ id }) => id)).size).toBe(history.length);
  const bens = await listSignInHistory(await open(ben));
  expect(bens.map(({ type }) => type)).not.toContain("auth.sign_in_failed");
  expect(JSON.stringify(history)).not.toContain(ana.email);
});

test("the state of a session says in seconds when it ends", async () => {
  const mine = await open(ana);
  domain.passSeconds(600);
  expect(await readSessionState(mine)).toEqual({ idleEndsIn: 1_200, absoluteEndsIn: 8 * 3_600 - 600 });
});

test.each([
  [firefox, "Firefox on Windows"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Chrome on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  ["", null],
  [null, null],
])("%s is %s", (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
