import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../context";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { signAccessToken } from "./access-token";
import { createActivityLog } from "./activity-log";
import { authenticate } from "./authenticate";
import { refreshSession } from "./refresh-session";
import type { User } from "./schema";
import { startSession } from "./sign-in";

let domain: TestDomain;
let user: User;
beforeAll(async () => {
  domain = await createTestDomain();
  user = await domain.createUser("ATTORNEY");
});
afterAll(() => domain.close());

/** A session, and calls on one of two instances with the tokens it would have by then. */
async function open() {
  const { refreshToken } = await startSession(domain.ctx, user);
  const sessionId = refreshToken.split(".")[0] ?? "";
  const other: Context = { ...domain.ctx, activity: createActivityLog({ db: domain.ctx.db }) };
  const row = () => domain.ctx.db.prisma.session.findUniqueOrThrow({ where: { id: sessionId } });
  return {
    refreshToken,
    row,
    other,
    call: async (input: { idleSeconds?: number; ctx?: Context } = {}) => {
      const { ctx = domain.ctx, idleSeconds = 0 } = input;
      const token = await signAccessToken(ctx, { userId: user.id, sessionId });
      return (await authenticate(ctx, { token, idleSeconds })) !== null;
    },
  };
}

describe("an idle session", () => {
  test("ends 30:00 after the last call, to the second, although no call writes", async () => {
    const session = await open();
    const { lastActiveAt } = await session.row();
    for (const seconds of [59, 1_700, 1_799]) {
      domain.passSeconds(seconds);
      expect(await session.call()).toBe(true);
    }
    expect((await session.row()).lastActiveAt).toEqual(lastActiveAt);
    domain.passSeconds(1_800);
    expect(await session.call()).toBe(false);
    await expect(refreshSession(domain.ctx, session)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("ends at the same second on an instance that has not seen the calls", async () => {
    const session = await open();
    domain.passSeconds(1_000);
    expect(await session.call()).toBe(true);
    await domain.ctx.activity.write();
    domain.passSeconds(1_799);
    expect(await session.call({ ctx: session.other })).toBe(true);
    const second = await open();
    domain.passSeconds(1_000);
    expect(await second.call()).toBe(true);
    await domain.ctx.activity.write();
    domain.passSeconds(1_800);
    expect(await second.call({ ctx: second.other })).toBe(false);
  });

  test("is not kept alive by a screen that asks for news by itself", async () => {
    const session = await open();
    for (let minutes = 1; minutes < 30; minutes += 1) {
      domain.passSeconds(60);
      expect(await session.call({ idleSeconds: minutes * 60 })).toBe(true);
    }
    domain.passSeconds(60);
    expect(await session.call({ idleSeconds: 30 * 60 })).toBe(false);
  });

  test("counts from the last key that its screen tells of, and never from the future", async () => {
    const session = await open();
    domain.passSeconds(1_000);
    expect(await session.call({ idleSeconds: 400 })).toBe(true);
    expect(await session.call({ idleSeconds: -5_000 })).toBe(true);
    domain.passSeconds(1_799);
    expect(await session.call({ idleSeconds: 9_999 })).toBe(true);
    domain.passSeconds(1);
    expect(await session.call()).toBe(false);
  });

  test("ends 8 hours after signing in whatever happens, to the second", async () => {
    const session = await open();
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      domain.passSeconds(20 * 60);
      expect(await session.call()).toBe(true);
    }
    domain.passSeconds(20 * 60 - 1);
    expect(await session.call()).toBe(true);
    domain.passSeconds(1);
    expect(await session.call()).toBe(false);
  });
});

test("activity is written in one go, never back, and stays noted while the database is away", async () => {
  const session = await open();
  domain.passSeconds(100);
  await session.call();
  domain.passSeconds(100);
  await session.call({ ctx: session.other });
  const latest = domain.ctx.now();
  await session.other.activity.write();
  await domain.ctx.activity.write();
  expect((await session.row()).lastActiveAt).toEqual(latest);

  let isAway = true;
  const { pool } = domain.ctx.db;
  const query: typeof pool.query = (...input: unknown[]) => {
    if (isAway) throw new Error("connection refused");
    return Reflect.apply(pool.query, pool, input);
  };
  const activity = createActivityLog({ db: { pool: Object.assign(Object.create(pool), { query }) } });
  domain.passSeconds(100);
  await session.call({ ctx: { ...domain.ctx, activity } });
  await expect(activity.write()).rejects.toThrow("connection refused");
  isAway = false;
  await activity.write();
  expect((await session.row()).lastActiveAt).toEqual(domain.ctx.now());
});

test("a call costs one query and no write", async () => {
  const session = await open();
  domain.passSeconds(300);
  const { pool } = domain.ctx.db;
  const queries: string[] = [];
  const query: typeof pool.query = (...input: unknown[]) => {
    queries.push(JSON.stringify(input[0]));
    return Reflect.apply(pool.query, pool, input);
  };
  const db = { ...domain.ctx.db, pool: Object.assign(Object.create(pool), { query }) };
  expect(await session.call({ ctx: { ...domain.ctx, db } })).toBe(true);
  expect(queries).toHaveLength(1);
  expect(queries[0]).not.toMatch(/UPDATE|INSERT/);
});
