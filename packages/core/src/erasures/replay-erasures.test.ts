import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { type Erasure, replayErasures } from "./replay-erasures";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

/** Erased addresses, as a record beside the database tells them: the simplest rows there are. */
const ofAddresses = (erased: string[]): Erasure => ({
  name: "notify_address",
  replay: async ({ db }) =>
    (await db.prisma.notifyAddress.deleteMany({ where: { email: { in: erased } } })).count,
});

async function bringBack(...emails: string[]): Promise<void> {
  const createdAt = domain.ctx.now();
  const data = emails.map((email) => ({ id: uuidv7(), email, createdAt }));
  await domain.ctx.db.prisma.notifyAddress.createMany({ data, skipDuplicates: true });
}

test("what a restore brought back is erased again, once, and the rest stays", async () => {
  const { ctx } = domain;
  const warned: object[] = [];
  const log = { ...ctx.log, warn: (fields: object) => void warned.push(fields) };
  const erasures = [ofAddresses(["gone@x.example", "also-gone@x.example"]), ofAddresses([])];
  await bringBack("gone@x.example", "stays@x.example");
  expect(await replayErasures({ ...ctx, log }, erasures)).toBe(1);
  expect(await replayErasures({ ...ctx, log }, erasures)).toBe(0);
  expect(warned).toEqual([{ erasure: "notify_address", replayed: 1 }]);
  expect(await ctx.db.prisma.notifyAddress.findMany({ select: { email: true } })).toEqual([
    { email: "stays@x.example" },
  ]);
});

test("an erasure that cannot be replayed is thrown, so that nobody sees what is there", async () => {
  const away: Erasure = { name: "lead", replay: () => Promise.reject(new Error("the record is away")) };
  await bringBack("late@x.example");
  await expect(replayErasures(domain.ctx, [away, ofAddresses(["late@x.example"])])).rejects.toThrow(
    "the record is away",
  );
});
