import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { forgetOfficeRules, readOfficeRules } from "./read-office-rules";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const setTarget = (responseTargetMinutes: number) =>
  domain.ctx.db.prisma.officeSettings.updateMany({ data: { responseTargetMinutes } });

test("a hundred at once ask the database once, and again after a second or when they changed", async () => {
  const { pool } = domain.ctx.db;
  let queries = 0;
  const query = pool.query.bind(pool);
  const counting = new Proxy(pool, {
    get: (target, key) =>
      key === "query"
        ? (...input: Parameters<typeof query>) => {
            queries += 1;
            return query(...input);
          }
        : Reflect.get(target, key),
  });
  const ctx = { ...domain.ctx, db: { ...domain.ctx.db, pool: counting } };
  const first = await Promise.all(Array.from({ length: 100 }, () => readOfficeRules(ctx)));
  expect(queries).toBe(1);
  expect(first[99]).toMatchObject({ targetMinutes: 300, mode: "MANUAL", takerIds: [] });

  await setTarget(60);
  domain.passSeconds(0.999);
  expect((await readOfficeRules(ctx)).targetMinutes).toBe(300);
  domain.passSeconds(0.001);
  const later = await readOfficeRules(ctx);
  expect(later.targetMinutes).toBe(60);
  expect(later.hours, "what is known of their days stays known").toBe(first[0]?.hours);

  await setTarget(90);
  forgetOfficeRules(ctx);
  expect((await readOfficeRules(ctx)).targetMinutes).toBe(90);
});

test("a failure is not remembered", async () => {
  const failing = { ...domain.ctx, db: { ...domain.ctx.db, pool: Object.create(null) } };
  await expect(readOfficeRules(failing)).rejects.toThrow();
  failing.db.pool.query = domain.ctx.db.pool.query.bind(domain.ctx.db.pool);
  expect((await readOfficeRules(failing)).targetMinutes).toBeGreaterThan(0);
});
