import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { sweepOrphans } from "./sweep-orphans";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

test("only old objects without a row go, and a dry run removes nothing", async () => {
  const { ctx, storage } = domain;
  await submitLead(ctx, await submission());
  const at = ctx.now().getTime();
  for (const [key, hours] of [
    ["resumes/old-orphan", 25],
    ["resumes/young-orphan", 23],
  ] as const) {
    await storage.put({ storageKey: key, leadId: "none", resumeId: "none" }, Readable.from(["x"]));
    const object = storage.objects.get(key);
    if (object) object.storedAt = new Date(at - hours * 60 * 60 * 1000);
  }
  for (const [key, object] of storage.objects)
    if (!key.endsWith("orphan")) object.storedAt = new Date(at - 48 * 60 * 60 * 1000);

  expect(await sweepOrphans(ctx, { dryRun: true })).toEqual({ orphans: 1 });
  expect(storage.objects.size).toBe(3);
  expect(await sweepOrphans(ctx, { dryRun: false })).toEqual({ orphans: 1 });
  expect([...storage.objects.keys()].filter((key) => key.endsWith("orphan"))).toEqual([
    "resumes/young-orphan",
  ]);
  expect(storage.objects.size).toBe(2);
});
