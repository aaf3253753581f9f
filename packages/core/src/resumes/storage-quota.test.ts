import { afterAll, beforeAll, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { createStorageQuota, StorageQuotaError } from "./storage-quota";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

/** A submission of exactly so many bytes. */
const sized = (bytes: number, idempotencyKey?: string) =>
  submission({ content: "x".repeat(bytes), ...(idempotencyKey ? { idempotencyKey } : {}) });

test("files are taken up to the quota, then refused with one sentence, and the log says it once each", async () => {
  const lines: { level: string; event: unknown; usedBytes?: unknown }[] = [];
  const note = (level: string) => (fields: object) =>
    void lines.push({ level, ...{ event: undefined, ...fields } });
  const log = { ...domain.ctx.log, info: note("info"), warn: note("warn"), error: note("error") };
  const quota = createStorageQuota({ db: domain.ctx.db, now: domain.ctx.now, log, maxBytes: 1000 });
  const ctx = { ...domain.ctx, quota };

  await submitLead(ctx, await sized(790));
  expect(lines).toEqual([]);
  await submitLead(ctx, await sized(10));
  await submitLead(ctx, await sized(190, "b4c2a3de-0000-4000-8000-000000000001"));
  expect(lines).toMatchObject([{ level: "warn", event: "storage_nearly_full" }]);
  const objects = domain.storage.objects.size;
  for (const bytes of [11, 500]) {
    await expect(submitLead(ctx, await sized(bytes))).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      retryAfterSeconds: 3600,
      message: expect.stringContaining("cannot take files right now"),
    });
  }
  expect(domain.storage.objects.size).toBe(objects);
  await submitLead(ctx, await sized(10));
  await expect(submitLead(ctx, await sized(1))).rejects.toThrow(StorageQuotaError);
  expect(lines.slice(1)).toMatchObject([{ level: "error", event: "storage_full", usedBytes: 990 }]);

  // What was taken in before is answered again under its key.
  const replay = await submitLead(ctx, await sized(190, "b4c2a3de-0000-4000-8000-000000000001"));
  expect(replay.isReplay).toBe(true);

  // Another process made room: seen within a minute, not at once.
  await domain.ctx.db.prisma.resume.updateMany({ data: { sizeBytes: 1 } });
  await expect(quota.admit(1)).rejects.toThrow(StorageQuotaError);
  domain.passSeconds(60);
  await quota.admit(1);
  expect(await quota.usedBytes()).toBe(5);
  expect(lines.at(-1)).toMatchObject({ level: "info", event: "storage_room" });
});

test("without a quota everything is taken, and the total is known all the same", async () => {
  const { db, log, now } = domain.ctx;
  const quota = createStorageQuota({ db, log, now, maxBytes: null });
  await quota.admit(Number.MAX_SAFE_INTEGER);
  expect(await quota.usedBytes()).toBe(4);
});

test("a database that was away is asked again", async () => {
  const { db, log, now } = domain.ctx;
  let isAway = true;
  const prisma = new Proxy(db.prisma, {
    get: (target, name) =>
      isAway && name === "$queryRaw" ? () => Promise.reject(new Error("away")) : Reflect.get(target, name),
  });
  const quota = createStorageQuota({ db: { prisma }, log, now, maxBytes: 1000 });
  await expect(quota.admit(1)).rejects.toThrow("away");
  isAway = false;
  await quota.admit(1);
  expect(await quota.usedBytes()).toBe(5);
});
