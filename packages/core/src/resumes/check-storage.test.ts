import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { checkStorage } from "./check-storage";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const hour = 60 * 60 * 1000;
const placeOf = (storageKey: string) => ({ storageKey, leadId: "a lead", resumeId: "a resume" });

test("tells rows without a file and files without a row, and changes nothing", async () => {
  const { ctx, storage } = domain;
  expect(await checkStorage(ctx)).toEqual({ rows: 0, objects: 0, missing: [], orphans: [] });
  const { receipt } = await submitLead(ctx, await submission());
  await submitLead(ctx, await submission());
  const lost = await ctx.db.prisma.resume.findFirstOrThrow({ where: { leadId: receipt.id } });
  storage.objects.delete(lost.storageKey);
  for (const [key, hours] of [
    ["resumes/old", 24],
    ["resumes/young", 23],
  ] as const) {
    await storage.put(placeOf(key), Readable.from([Buffer.from("four")]));
    const object = storage.objects.get(key);
    if (object) object.storedAt = new Date(ctx.now().getTime() - hours * hour);
  }

  const before = new Set(storage.objects.keys());
  expect(await checkStorage(ctx)).toEqual({
    rows: 2,
    objects: 3,
    missing: [{ resumeId: lost.id, leadId: receipt.id, storageKey: lost.storageKey }],
    orphans: [
      { key: "resumes/old", sizeBytes: 4, isOld: true },
      { key: "resumes/young", sizeBytes: 4, isOld: false },
    ],
  });
  expect(new Set(storage.objects.keys())).toEqual(before);
});

test("a submission that arrives between listing and reading is neither missing nor left over", async () => {
  const { ctx, storage } = domain;
  const { missing, orphans } = await checkStorage(ctx);
  // Arrives after the listing: row and file are there, the listing does not know the file.
  const later = await submission();
  const list: typeof storage.list = async function* (prefix) {
    yield* storage.list(prefix);
    await submitLead(ctx, later);
  };
  const report = await checkStorage({ ...ctx, storage: { ...storage, list } });
  expect(report.missing).toEqual(missing);
  expect(report.orphans).toEqual(orphans);
  // Its file is listed, its row comes only after the rows were read.
  let rowsAreRead = false;
  const key = "resumes/row-comes-later";
  await storage.put(placeOf(key), Readable.from([Buffer.from("x")]));
  const has: typeof storage.has = async (asked) => {
    if (!rowsAreRead) {
      rowsAreRead = true;
      const { receipt } = await submitLead(ctx, await submission());
      await ctx.db.prisma.resume.updateMany({ where: { leadId: receipt.id }, data: { storageKey: key } });
    }
    return storage.has(asked);
  };
  const again = await checkStorage({ ...ctx, storage: { ...storage, has } });
  expect(rowsAreRead).toBe(true);
  expect(again.orphans.map((orphan) => orphan.key)).not.toContain(key);
});

test("a storage that is away fails the check instead of calling everything missing", async () => {
  const { ctx, storage } = domain;
  storage.state.isAway = true;
  await expect(checkStorage(ctx)).rejects.toThrow("The file storage did not answer");
  storage.state.isAway = false;
});
