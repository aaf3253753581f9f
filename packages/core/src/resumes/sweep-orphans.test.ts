import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { downloadResume } from "./download-resume";
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
    await storage.put(key, Readable.from(["x"]));
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

test("a download gives the bytes back and is an event; READ_ONLY and unsafe states get none", async () => {
  const { ctx } = domain;
  const { receipt } = await submitLead(ctx, await submission({ content: "%PDF-1.7 mine %%EOF" }));
  const staff = domain.asStaff(await domain.createUser("ATTORNEY"));
  const download = await downloadResume(staff, { leadId: receipt.id });
  expect(await text(download.body)).toBe("%PDF-1.7 mine %%EOF");
  expect(download).toMatchObject({
    fileName: "Résumé – O'Brien (最終版) 😀.pdf",
    mediaType: "application/pdf",
    sizeBytes: 19,
  });
  expect(
    await ctx.db.prisma.auditEvent.count({ where: { leadId: receipt.id, type: "resume.downloaded" } }),
  ).toBe(1);

  const reader = domain.asStaff(await domain.createUser("READ_ONLY"));
  await expect(downloadResume(reader, { leadId: receipt.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  for (const [scanState, code] of [
    ["PENDING", "CONFLICT"],
    ["INFECTED", "FORBIDDEN"],
    ["UNSCANNABLE", "FORBIDDEN"],
  ] as const) {
    await ctx.db.prisma.resume.updateMany({ where: { leadId: receipt.id }, data: { scanState } });
    await expect(downloadResume(staff, { leadId: receipt.id })).rejects.toMatchObject({ code });
  }
  await ctx.db.prisma.resume.updateMany({ where: { leadId: receipt.id }, data: { scanState: "CLEAN" } });
  domain.storage.objects.clear();
  await expect(downloadResume(staff, { leadId: receipt.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
