import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomToken } from "../keyring";
import { startChallenge } from "../second-factor/challenges";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { removeExpiredSessions } from "./remove-expired-sessions";
import type { User } from "./schema";
import { createSessionStore } from "./session-store";

let domain: TestDomain;
let user: User;
beforeAll(async () => {
  domain = await createTestDomain();
  // Lucia compares with the real clock.
  domain.passSeconds((Date.now() - domain.ctx.now().getTime()) / 1000);
  user = await domain.createUser("ATTORNEY");
});
afterAll(() => domain.close());

async function openSession(): Promise<string> {
  const sessionId = randomToken();
  const attributes = {
    ...{ publicId: uuidv7(), refreshSeed: randomToken() },
    ...({ method: "PASSWORD", device: null, source: null } as const),
  };
  await createSessionStore(domain.ctx).createSession(user.id, attributes, { sessionId });
  return sessionId;
}

test("a session is found by its secret only, which the database does not hold", async () => {
  const store = createSessionStore(domain.ctx);
  const secret = await openSession();
  const found = await store.validateSession(secret);
  expect(found).toMatchObject({ user: { id: user.id, isDisabled: false }, session: { userId: user.id } });
  expect(await store.validateSession(randomToken())).toEqual({ session: null, user: null });
  expect(JSON.stringify(await domain.ctx.db.prisma.session.findMany())).not.toContain(secret);
});

test("one session ends alone, a person's sessions end together", async () => {
  const store = createSessionStore(domain.ctx);
  const [first, second, third] = [await openSession(), await openSession(), await openSession()];
  await store.invalidateSession(first);
  expect((await store.validateSession(first)).session).toBeNull();
  expect((await store.validateSession(second)).session).not.toBeNull();
  await store.invalidateUserSessions(user.id);
  expect((await store.validateSession(third)).session).toBeNull();
  expect(await store.getUserSessions(user.id)).toEqual([]);
});

test("using a session in its last half does not make it longer", async () => {
  const secret = await openSession();
  const soon = new Date(Date.now() + 60_000);
  await domain.ctx.db.prisma.session.updateMany({ data: { expiresAt: soon } });
  expect((await createSessionStore(domain.ctx).validateSession(secret)).session).not.toBeNull();
  expect((await domain.ctx.db.prisma.session.findFirstOrThrow()).expiresAt).toEqual(soon);
});

test("sessions and ceremonies past their end are removed, others are not", async () => {
  await domain.ctx.db.prisma.session.deleteMany();
  await startChallenge(domain.ctx, { purpose: "PASSKEY_SIGN_IN", userId: null });
  await openSession();
  domain.passSeconds(4 * 60 * 60);
  const young = await openSession();
  domain.passSeconds(5 * 60 * 60);
  await removeExpiredSessions(domain.ctx);
  expect(await domain.ctx.db.prisma.session.count()).toBe(1);
  expect(await domain.ctx.db.prisma.authChallenge.count()).toBe(0);
  domain.passSeconds(-9 * 60 * 60);
  expect((await createSessionStore(domain.ctx).validateSession(young)).session).not.toBeNull();
});
