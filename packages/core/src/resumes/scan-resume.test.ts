import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import type { ScanVerdict } from "../ports/scanner";
import { createFakeScanner } from "../testing/fake-scanner";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { countWaitingScans } from "./count-waiting-scans";
import { queueDueScans } from "./queue-due-scans";
import { scanResume } from "./scan-resume";

let domain: TestDomain;
let scanner: ReturnType<typeof createFakeScanner>;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(async () => {
  scanner = createFakeScanner("clamav");
  domain.jobs.length = 0;
  // What an earlier test left is nobody's work here.
  await domain.ctx.db.prisma.resume.updateMany({ data: { scanState: "INFECTED" } });
});

const ctx = () => ({ ...domain.ctx, scanner });
const scanJobs = () => domain.jobs.filter(({ name }) => name === "resume.scan").map(({ data }) => data);

async function submit(content?: string) {
  const { receipt } = await submitLead(ctx(), await submission(content === undefined ? {} : { content }));
  const { id } = await domain.ctx.db.prisma.resume.findFirstOrThrow({ where: { leadId: receipt.id } });
  return id;
}
const stateOf = (id: string) =>
  domain.ctx.db.prisma.resume.findUniqueOrThrow({
    where: { id },
    select: { scanState: true, scanReason: true, scannedWith: true },
  });
const eventsOf = async (id: string) => {
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: "resume.scanned", data: { path: ["resumeId"], equals: id } },
    orderBy: { id: "asc" },
  });
  return events.map(({ data }) => data);
};

test("a submission waits for its scan, queued with it; without a scanner it does not", async () => {
  const id = await submit();
  expect(await stateOf(id)).toMatchObject({ scanState: "PENDING" });
  expect(scanJobs()).toEqual([{ resumeId: id }]);
  const { receipt } = await submitLead(domain.ctx, await submission());
  expect(await domain.ctx.db.prisma.resume.findFirst({ where: { leadId: receipt.id } })).toMatchObject({
    scanState: "UNSCANNED",
    scanDueAt: null,
  });
  expect(scanJobs()).toHaveLength(1);
});

test.each<[ScanVerdict, string, string | null]>([
  [{ verdict: "clean" }, "CLEAN", null],
  [{ verdict: "infected", reason: "Win.Test" }, "INFECTED", "Win.Test"],
  [{ verdict: "unscannable", reason: "is encrypted" }, "UNSCANNABLE", "is encrypted"],
])("%j settles the file, with one event", async (verdict, scanState, scanReason) => {
  const id = await submit("%PDF-1.7 mine %%EOF");
  scanner.set.verdict = verdict;
  await scanResume(ctx(), { resumeId: id });
  await scanResume(ctx(), { resumeId: id });
  expect(scanner.scanned[0]).toBe("%PDF-1.7 mine %%EOF");
  expect(await stateOf(id)).toEqual({ scanState, scanReason, scannedWith: "1.4/1" });
  expect(await eventsOf(id)).toEqual([{ resumeId: id, from: "PENDING", verdict: scanState }]);
});

test("no verdict, no answer, another file or none in storage: the file stays locked and waits", async () => {
  const id = await submit();
  const { storageKey } = await domain.ctx.db.prisma.resume.findUniqueOrThrow({ where: { id } });
  const object = domain.storage.objects.get(storageKey);
  if (!object) throw new Error("nothing was stored");
  const pending = { scanState: "PENDING", scanReason: null, scannedWith: null };

  scanner.set.verdict = { verdict: "unavailable", reason: "silent" };
  await scanResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  scanner.set.verdict = { verdict: "clean" };
  domain.storage.objects.set(storageKey, { ...object, bytes: object.bytes.subarray(1) });
  await scanResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  domain.storage.objects.delete(storageKey);
  await scanResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  domain.storage.objects.set(storageKey, object);
  scanner.set.version = null;
  await scanResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);
  expect(await eventsOf(id)).toEqual([]);
});

test("what was locked is not opened by a later clean verdict, also one that was under way", async () => {
  const id = await submit();
  const late = { ...scanner, scan: scanner.scan };
  late.scan = async (body) => {
    const verdict = await scanner.scan(body);
    await domain.ctx.db.prisma.resume.update({ where: { id }, data: { scanState: "INFECTED" } });
    return verdict;
  };
  await scanResume({ ...ctx(), scanner: late }, { resumeId: id });
  expect(await stateOf(id)).toMatchObject({ scanState: "INFECTED" });
  expect(scanner.scanned).toHaveLength(1);
  await scanResume(ctx(), { resumeId: id });
  expect(scanner.scanned).toHaveLength(1);
  expect(await eventsOf(id)).toEqual([]);
});

test("the sweep brings back what is overdue, once per five minutes, and nothing while the scanner is away", async () => {
  const id = await submit();
  domain.jobs.length = 0;
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  domain.passSeconds(60);
  scanner.set.version = null;
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  expect(await countWaitingScans(ctx())).toBe(1);
  scanner.set.version = "1.4/1";
  expect(await queueDueScans(ctx())).toEqual({ waiting: 1, old: 0 });
  expect(scanJobs()).toEqual([{ resumeId: id }]);
  domain.passSeconds(299);
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  domain.passSeconds(1);
  expect(await queueDueScans(ctx())).toEqual({ waiting: 1, old: 0 });
  expect(await queueDueScans(domain.ctx)).toEqual({ waiting: 0, old: 0 });
});

test("new signatures see old clean files again, and files from before the scanner; what they lock has an event", async () => {
  const clean = await submit();
  await scanResume(ctx(), { resumeId: clean });
  const { receipt } = await submitLead(domain.ctx, await submission());
  domain.jobs.length = 0;
  const { id: unseen } = await domain.ctx.db.prisma.resume.findFirstOrThrow({
    where: { leadId: receipt.id },
  });
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 1 });
  expect(scanJobs()).toEqual([{ resumeId: unseen }]);
  await scanResume(ctx(), { resumeId: unseen });
  expect(await stateOf(unseen)).toMatchObject({ scanState: "CLEAN" });
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });

  scanner.set.version = "1.4/2";
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 2 });
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  await scanResume(ctx(), { resumeId: unseen });
  scanner.set.verdict = { verdict: "infected", reason: "New.Threat" };
  await scanResume(ctx(), { resumeId: clean });
  domain.passSeconds(600);
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  expect(await stateOf(clean)).toEqual({
    scanState: "INFECTED",
    scanReason: "New.Threat",
    scannedWith: "1.4/2",
  });
  expect(await eventsOf(clean)).toHaveLength(2);
  expect(await eventsOf(unseen)).toHaveLength(1);
});
