import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "../context";
import { AppError } from "../errors";
import { submitLead } from "../leads/submit-lead";
import type { ActiveContent, Examination, Reading, ReadingFailure } from "../ports/document-reader";
import type { ScanVerdict } from "../ports/scanner";
import { createFakeReader } from "../testing/fake-reader";
import { createFakeScanner } from "../testing/fake-scanner";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { countWaitingScans } from "./count-waiting-scans";
import { examineResume } from "./examine-resume";
import { queueDueScans } from "./queue-due-scans";
import { resumeQuery } from "./resume-words";

let domain: TestDomain;
let scanner: ReturnType<typeof createFakeScanner>;
let reader: ReturnType<typeof createFakeReader>;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(async () => {
  scanner = createFakeScanner("clamav");
  reader = createFakeReader();
  domain.jobs.length = 0;
  // What an earlier test left is nobody's work here.
  await domain.ctx.db.prisma.resume.updateMany({ data: { scanState: "INFECTED" } });
});

const ctx = (): Context => ({ ...domain.ctx, scanner, reader });
const withoutScanner = (): Context => ({ ...domain.ctx, reader });
const scanJobs = () => domain.jobs.filter(({ name }) => name === "resume.scan").map(({ data }) => data);

async function submit(content?: string, by = ctx()) {
  const { receipt } = await submitLead(by, await submission(content === undefined ? {} : { content }));
  const { id } = await domain.ctx.db.prisma.resume.findFirstOrThrow({ where: { leadId: receipt.id } });
  return id;
}
const stateOf = (id: string) =>
  domain.ctx.db.prisma.resume.findUniqueOrThrow({
    where: { id },
    select: { scanState: true, scanReason: true, scannedWith: true },
  });
const findingsOf = async (id: string) =>
  (await domain.ctx.db.prisma.resume.findUniqueOrThrow({ where: { id } })).findings;
const textOf = (id: string) =>
  domain.ctx.db.prisma.resumeText.findUnique({
    where: { resumeId: id },
    select: { outcome: true, body: true, pageCount: true, isCut: true },
  });
const eventsOf = async (id: string) => {
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: "resume.scanned", data: { path: ["resumeId"], equals: id } },
    orderBy: { id: "asc" },
  });
  return events.map(({ data }) => data);
};

test("a submission waits for its scan; without a scanner it does not, and is queued all the same", async () => {
  const id = await submit();
  expect(await stateOf(id)).toMatchObject({ scanState: "PENDING" });
  const other = await submit(undefined, withoutScanner());
  expect(await stateOf(other)).toMatchObject({ scanState: "UNSCANNED" });
  expect(scanJobs()).toEqual([{ resumeId: id }, { resumeId: other }]);
});

test.each<[ScanVerdict, string, string | null]>([
  [{ verdict: "clean" }, "CLEAN", null],
  [{ verdict: "infected", reason: "Win.Test" }, "INFECTED", "Win.Test"],
  [{ verdict: "unscannable", reason: "is encrypted" }, "UNSCANNABLE", "It is encrypted."],
])("%j settles the file, with one event", async (verdict, scanState, scanReason) => {
  const id = await submit("%PDF-1.7 mine %%EOF");
  scanner.set.verdict = verdict;
  await examineResume(ctx(), { resumeId: id });
  await examineResume(ctx(), { resumeId: id });
  expect(scanner.scanned).toEqual(["%PDF-1.7 mine %%EOF"]);
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
  await examineResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  scanner.set.verdict = { verdict: "clean" };
  domain.storage.objects.set(storageKey, { ...object, bytes: object.bytes.subarray(1) });
  await examineResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  domain.storage.objects.delete(storageKey);
  await examineResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);

  domain.storage.objects.set(storageKey, object);
  scanner.set.version = null;
  await examineResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toEqual(pending);
  expect(await eventsOf(id)).toEqual([]);
  expect([await findingsOf(id), await textOf(id)]).toEqual([null, null]);
});

test("what was locked is not opened by a later clean verdict, also one that was under way", async () => {
  const id = await submit();
  const late = { ...scanner, scan: scanner.scan };
  late.scan = async (body) => {
    const verdict = await scanner.scan(body);
    await domain.ctx.db.prisma.resume.update({ where: { id }, data: { scanState: "INFECTED" } });
    return verdict;
  };
  await examineResume({ ...ctx(), scanner: late }, { resumeId: id });
  expect(await stateOf(id)).toMatchObject({ scanState: "INFECTED" });
  expect(scanner.scanned).toHaveLength(1);
  await examineResume(ctx(), { resumeId: id });
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
});

test("the sweep brings back what nobody examined, without a scanner too, and files from before there was this", async () => {
  const overdue = await submit(undefined, withoutScanner());
  const before = await submit();
  await domain.ctx.db.prisma.resume.update({
    where: { id: before },
    data: { scanState: "CLEAN", scanDueAt: null },
  });
  domain.jobs.length = 0;
  expect(await queueDueScans(withoutScanner())).toEqual({ waiting: 1, old: 0 });
  domain.passSeconds(60);
  expect(await queueDueScans(withoutScanner())).toEqual({ waiting: 1, old: 0 });
  expect(scanJobs()).toEqual([{ resumeId: before }, { resumeId: overdue }]);
  for (const resumeId of [before, overdue]) await examineResume(withoutScanner(), { resumeId });
  domain.passSeconds(600);
  expect(await queueDueScans(withoutScanner())).toEqual({ waiting: 0, old: 0 });
  expect(await stateOf(before)).toMatchObject({ scanState: "CLEAN" });
  expect(await textOf(before)).toMatchObject({ outcome: "READ" });
});

test("new signatures see old clean files again, and files from before the scanner; what they lock has an event", async () => {
  const clean = await submit();
  await examineResume(ctx(), { resumeId: clean });
  const unseen = await submit(undefined, withoutScanner());
  await examineResume(withoutScanner(), { resumeId: unseen });
  domain.jobs.length = 0;
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 1 });
  expect(scanJobs()).toEqual([{ resumeId: unseen }]);
  await examineResume(ctx(), { resumeId: unseen });
  expect(await stateOf(unseen)).toMatchObject({ scanState: "CLEAN" });
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });

  scanner.set.version = "1.4/2";
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 2 });
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  await examineResume(ctx(), { resumeId: unseen });
  scanner.set.verdict = { verdict: "infected", reason: "New.Threat" };
  expect(await textOf(clean)).toMatchObject({ outcome: "READ" });
  await examineResume(ctx(), { resumeId: clean });
  domain.passSeconds(600);
  expect(await queueDueScans(ctx())).toEqual({ waiting: 0, old: 0 });
  expect(reader.read).toHaveLength(2);
  expect([await textOf(clean), await textOf(unseen)]).toMatchObject([null, { outcome: "READ" }]);
  expect(await stateOf(clean)).toEqual({
    scanState: "INFECTED",
    scanReason: "New.Threat",
    scannedWith: "1.4/2",
  });
  expect(await eventsOf(clean)).toHaveLength(2);
  expect(await eventsOf(unseen)).toHaveLength(1);
});

const macros: ActiveContent = { code: "macros", severity: "blocked", sentence: "It contains macros." };
const launch: ActiveContent = { code: "pdf-launch", severity: "blocked", sentence: "It starts a program." };
const attachment: ActiveContent = { code: "attachment", severity: "noted", sentence: "A file is attached." };
const examined = (
  active: ActiveContent[],
  text: Examination["text"] = {
    ok: true,
    content: { text: "notary", hasText: true, isCut: true, pageCount: 3 },
  },
): Reading<Examination> => ({ ok: true, content: { active, text } });
const read = { outcome: "READ", body: "notary", pageCount: 3, isCut: true };
const unread = { body: "", pageCount: null, isCut: false };
const scan: Reading<Examination> = examined([], {
  ok: true,
  content: { text: "", hasText: false, isCut: false, pageCount: 1 },
});
const failedText = (failure: ReadingFailure) => examined([attachment], { ok: false, failure });

interface Expected {
  scanState: string;
  scanReason: string | null;
  text: object | null;
}
const passed = { scanState: "UNSCANNED", scanReason: null };
const locked = (scanReason: string, text: object | null = null) => ({
  ...{ scanState: "UNSCANNABLE", scanReason },
  text,
});
const noText = { ...unread, outcome: "NO_TEXT" };

test.each<[string, Reading<Examination>, Expected]>([
  ["nothing", examined([]), { ...passed, text: read }],
  ["something harmless", examined([attachment]), { ...passed, text: read }],
  [
    "programs",
    examined([macros, launch, attachment]),
    locked("It contains macros. It starts a program.", read),
  ],
  ["a scan", scan, { ...passed, text: { ...noText, pageCount: 1 } }],
  ["no content", failedText("empty"), { ...passed, text: noText }],
  [
    "a text that breaks the reader",
    failedText("broken"),
    { ...passed, text: { ...unread, outcome: "UNREADABLE" } },
  ],
  ["no end", { ok: false, failure: "timeout" }, locked("It could not be examined in time.")],
  ["too much", { ok: false, failure: "too-large" }, locked("It unpacks to more than can be examined.")],
  ["damage", { ok: false, failure: "broken" }, locked("It is damaged, or made in an unusual way.")],
])("a file with %s is settled by our own verdict, without a scanner", async (_, examination, expected) => {
  const id = await submit(undefined, withoutScanner());
  reader.set.examination = examination;
  await examineResume(withoutScanner(), { resumeId: id });
  const { text, ...state } = expected;
  expect(await stateOf(id)).toEqual({ ...state, scannedWith: null });
  expect(await textOf(id)).toEqual(text);
  expect(await findingsOf(id)).toEqual(
    examination.ok ? examination.content.active.map(({ code, severity }) => ({ code, severity })) : null,
  );
  expect(await eventsOf(id)).toHaveLength(state.scanState === "UNSCANNED" ? 0 : 1);
});

test.each<[ScanVerdict, Expected]>([
  [
    { verdict: "infected", reason: "Win.Test" },
    { scanState: "INFECTED", scanReason: "Win.Test", text: null },
  ],
  [{ verdict: "unscannable", reason: "has macros" }, locked("It contains macros.", read)],
  [{ verdict: "clean" }, locked("It contains macros.", read)],
])("macros of which the scanner says %j", async (verdict, { text, ...state }) => {
  const id = await submit();
  scanner.set.verdict = verdict;
  reader.set.examination = examined([macros]);
  await examineResume(ctx(), { resumeId: id });
  expect(await stateOf(id)).toMatchObject(state);
  expect(await textOf(id)).toEqual(text);
});

test("a full reader settles nothing, also what the scanner found clean; one that fails is the queue's to try again", async () => {
  const id = await submit();
  reader.set.fault = new AppError("SERVICE_UNAVAILABLE", "Too many.");
  await examineResume(ctx(), { resumeId: id });
  reader.set.fault = new Error("did not start");
  await expect(examineResume(ctx(), { resumeId: id })).rejects.toThrow("did not start");
  expect(await stateOf(id)).toEqual({ scanState: "PENDING", scanReason: null, scannedWith: null });
  expect(await textOf(id)).toBeNull();
});

test("what a resume says is found by its words", async () => {
  const id = await submit("Notarin für Œuvres, C++", withoutScanner());
  await examineResume(withoutScanner(), { resumeId: id });
  const found = await domain.ctx.db.prisma.$queryRaw`
    SELECT resume_id FROM resume_texts WHERE words @@ ${resumeQuery([{ text: "notarin fur", hasOpenEnd: false }])}`;
  expect(found).toEqual([{ resume_id: id }]);
});
