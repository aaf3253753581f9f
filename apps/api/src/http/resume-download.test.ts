import { createHash, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { readFixture } from "@intake/documents/samples/fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formParts } from "../testing/multipart";
import { readJson, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const fileName = "Résumé – O'Brien (最終版) 😀.docx";
let app: TestApp;
let token: string;
let leadId: string;
beforeAll(async () => {
  app = await startTestApp();
  token = await app.signIn("ATTORNEY");
  leadId = await submit(fileName);
});
afterAll(() => app.close());

async function submit(name: string): Promise<string> {
  const response = await app.submit(formParts({}, { value: readFixture("resume.docx"), fileName: name }));
  return (await readJson(response, leadReceiptSchema)).id;
}

const download = (id = leadId, by = token) => app.call("GET", `/api/leads/${id}/resume`, { token: by });
const part = (headers: Record<string, string>, method = "GET") =>
  app.call(method, `/api/leads/${leadId}/resume`, { token, headers });

test("gives the original bytes as an attachment under the sender's name, inert, and says so on the lead", async () => {
  const response = await download();
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  const original = readFixture("resume.docx");
  expect(bytes.equals(original)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "content-length": String(original.length),
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    etag: `"${createHash("sha256").update(original).digest("hex")}"`,
  });
  const disposition = response.headers.get("content-disposition") ?? "";
  expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w%.!~-]+$/);
  expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? "")).toBe(fileName);
  const events = await app.effects.db.prisma.auditEvent.findMany({
    where: { leadId, type: "resume.downloaded" },
  });
  expect(events).toMatchObject([
    { actorType: "user", requestId: response.headers.get("x-request-id"), data: { isUnchecked: true } },
  ]);
});

test.each([
  ["bytes=0-9", 0, 9],
  ["bytes=100-", 100, undefined],
  ["bytes=-5", -5, undefined],
  ["bytes=0-0,1-1", 0, 1],
] as const)("gives the range %s alone", async (range, start, end) => {
  const original = readFixture("resume.docx");
  const expected = original.subarray(start, end === undefined ? undefined : end + 1);
  const response = await part({ Range: range });
  expect(response.status).toBe(206);
  expect(Buffer.from(await response.arrayBuffer()).equals(expected)).toBe(true);
  const first = start < 0 ? original.length + start : start;
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-length": String(expected.length),
    "content-range": `bytes ${first}-${first + expected.length - 1}/${original.length}`,
    "content-disposition": expect.stringMatching(/^attachment;/),
  });
});

test("a range beyond the end is 416 with the size; what is no single range of this file gets the whole", async () => {
  const { length } = readFixture("resume.docx");
  const beyond = await part({ Range: `bytes=${length}-` });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${length}`]);
  const headerSets: Record<string, string>[] = [
    { Range: "bytes=0-1,5-6" },
    { Range: "pages=1-2" },
    { Range: "bytes=x" },
    { Range: "bytes=0-9", "If-Range": '"another file"' },
  ];
  for (const headers of headerSets) {
    const response = await part(headers);
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, length]);
  }
  const etag = (await part({}, "HEAD")).headers.get("etag") ?? "";
  expect((await part({ Range: "bytes=0-9", "If-Range": etag })).status).toBe(206);
});

test("a look at the head alone is no download", async () => {
  const count = () =>
    app.effects.db.prisma.auditEvent.count({ where: { leadId, type: "resume.downloaded" } });
  const before = await count();
  const response = await part({}, "HEAD");
  expect([response.status, response.headers.get("content-length")]).toEqual([
    200,
    String(readFixture("resume.docx").length),
  ]);
  expect(await count()).toBe(before);
});

test("an office that shows resumes to READ_ONLY gives them too, and takes that back at once", async () => {
  const reader = await app.signIn("READ_ONLY");
  const show = (readOnlySeesResumes: boolean) =>
    app.effects.db.prisma.officeSettings.update({ where: { id: 1 }, data: { readOnlySeesResumes } });
  await show(true);
  expect((await download(leadId, reader)).status).toBe(200);
  await show(false);
  expect((await download(leadId, reader)).status).toBe(403);
});

test("a name cannot add a header or leave the quotes", async () => {
  const id = await submit('a%22; filename=%22evil.exe%0d%0aX-Injected: 1 \\" b.docx');
  const response = await download(id);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-injected")).toBeNull();
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[^"\\%\r\n]*"; filename\*=UTF-8''[^";\s]*$/,
  );
});

test("READ_ONLY may not, strangers may not, and what is not there is 404 whatever its id", async () => {
  await readProblem(await download(leadId, await app.signIn("READ_ONLY")), 403);
  await readProblem(await app.fetch(`/api/leads/${leadId}/resume`), 401);
  const missing = await readProblem(await download(randomUUID()), 404);
  const malformed = await readProblem(await download("1"), 404);
  expect(malformed.detail).toBe(missing.detail);
});

test.each([
  ["INFECTED", 403, /malware/],
  ["UNSCANNABLE", 403, /could not be checked/],
  ["PENDING", 409, /Not checked yet/],
] as const)("a file that is %s stays locked", async (scanState, status, words) => {
  const id = await submit("cv.docx");
  await app.effects.db.prisma.resume.updateMany({ where: { leadId: id }, data: { scanState } });
  expect((await readProblem(await download(id), status)).detail).toMatch(words);
});

test("a file that is gone from storage is a 404 that says so, and a log line for the operator", async () => {
  const id = await submit("cv.docx");
  const { storageKey } = await app.effects.db.prisma.resume.findFirstOrThrow({ where: { leadId: id } });
  await rm(join(app.storageDirectory, storageKey));
  expect((await readProblem(await download(id), 404)).detail).toMatch(/missing in storage/);
  expect(app.logged()).toContainEqual(
    expect.objectContaining({ msg: "resume object is missing", leadId: id }),
  );
});
