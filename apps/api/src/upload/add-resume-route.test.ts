import { randomUUID } from "node:crypto";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { addedResumeSchema } from "@intake/core/resume-files/schema";
import { readFixture } from "@intake/documents/samples/fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  filePart,
  formParts,
  multipartBody,
  multipartType,
  type Part,
  pdfOfSize,
} from "../testing/multipart";
import { readJson, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
let token: string;
let leadId: string;
beforeAll(async () => {
  app = await startTestApp();
  token = await app.signIn("INTAKE");
  leadId = (await readJson(await app.submit(formParts()), leadReceiptSchema)).id;
});
afterAll(() => app.close());

const docx = (fileName = "better.docx") => filePart({ value: readFixture("resume.docx"), fileName });

function add(parts: Part[], { by = token, to = leadId, type = multipartType } = {}): Promise<Response> {
  return app.fetch(`/api/leads/${to}/resumes`, {
    method: "POST",
    headers: { Authorization: `Bearer ${by}`, "Content-Type": type },
    body: new Uint8Array(multipartBody(parts)),
  });
}

test("a better copy becomes the newest version and is what a download gives", async () => {
  const response = await add([docx("Lebenslauf – neu.docx")]);
  expect(response.status).toBe(201);
  const { version, isNew } = await readJson(response, addedResumeSchema);
  expect({ version, isNew }).toMatchObject({
    isNew: true,
    version: { fileName: "Lebenslauf – neu.docx", format: "DOCX", isNewest: true, addedBy: "Ana Sørensen" },
  });
  const original = await app.call("GET", `/api/leads/${leadId}/resume`, { token });
  expect(Buffer.from(await original.arrayBuffer()).equals(readFixture("resume.docx"))).toBe(true);
  expect(await app.spooled()).toEqual([]);

  const again = await add([docx("another name.docx")]);
  expect(again.status).toBe(200);
  expect(await readJson(again, addedResumeSchema)).toMatchObject({
    isNew: false,
    version: { id: version.id },
  });
  expect(await app.countObjects()).toBe(2);
  expect(await app.spooled()).toEqual([]);
});

test.each([
  ["no file", [], 422, /Choose your resume/],
  ["an empty file", [filePart({ value: "" })], 422, /is empty/],
  ["a file with the wrong ending", [filePart({ fileName: "resume.docx" })], 422, /wrong ending/],
  ["a file that needs a password", [filePart({ value: readFixture("password-user.pdf") })], 422, /password/],
  [
    "a file that is too large",
    [filePart({ value: pdfOfSize(5 * 1024 * 1024 + 1) })],
    413,
    /Choose a file up to/,
  ],
  ["two files", [filePart(), filePart()], 422, /one file only/],
  ["fields of a form", formParts(), 422, /Send the file alone/],
] as [string, Part[], number, RegExp][])("refuses %s, in the words of the form", async (...row) => {
  const [, parts, status, words] = row;
  const before = await app.countObjects();
  const problem = await readProblem(await add(parts), status);
  expect(problem.errors?.[0]?.message).toMatch(words);
  expect(await app.countObjects()).toBe(before);
  expect(await app.spooled()).toEqual([]);
});

test("only staff with the right add files, and only to leads that are there", async () => {
  await readProblem(await add([docx()], { by: await app.signIn("READ_ONLY") }), 403);
  await readProblem(await add([docx()], { by: "nobody" }), 401);
  const missing = await readProblem(await add([docx()], { to: randomUUID() }), 404);
  expect((await readProblem(await add([docx()], { to: "1" }), 404)).detail).toBe(missing.detail);
  await readProblem(await add([docx()], { type: "application/json" }), 415);
  await readProblem(await app.call("GET", `/api/leads/${leadId}/resumes`, { token }), 405);
  expect(await app.spooled()).toEqual([]);
});

test("a full storage says so, and the lead keeps what it has", async () => {
  const full = await startTestApp({ quotaBytes: 1024 * 1024 });
  try {
    const id = (await readJson(await full.submit(formParts()), leadReceiptSchema)).id;
    const response = await full.fetch(`/api/leads/${id}/resumes`, {
      method: "POST",
      headers: { Authorization: `Bearer ${await full.signIn("INTAKE")}`, "Content-Type": multipartType },
      body: new Uint8Array(multipartBody([filePart({ value: pdfOfSize(2 * 1024 * 1024) })])),
    });
    await readProblem(response, 503);
    expect(await full.countObjects()).toBe(1);
  } finally {
    await full.close();
  }
});
