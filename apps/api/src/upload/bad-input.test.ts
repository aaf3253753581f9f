import { defaultResumeLimits } from "@intake/core/resumes/schema";
import { buildDocx } from "@intake/documents/samples/build-docx";
import { buildZip } from "@intake/documents/samples/build-zip";
import { readFixture } from "@intake/documents/samples/fixture";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  boundary,
  filePart,
  formParts,
  multipartBody,
  multipartType,
  type Part,
  pdfOfSize,
} from "../testing/multipart";
import { expectNothingLeft } from "../testing/nothing-left";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

afterEach(() => expectNothingLeft(app));

const zipBomb = () =>
  buildDocx({ extra: [{ name: "word/media/image1.bin", content: Buffer.alloc(60 * 1024 * 1024) }] });

describe("a file", () => {
  const cases: [string, Partial<Part>, RegExp][] = [
    [
      "of HTML called PDF",
      { value: "<!doctype html><script>alert(1)</script>" },
      /content is something else/,
    ],
    [
      "of a program called PDF",
      { value: Buffer.from("4d5a90000300000004000000ffff0000", "hex") },
      /content is something else/,
    ],
    ["that is empty", { value: "" }, /is empty \(0 bytes\)/],
    ["that is only %PDF", { value: "%PDF" }, /\S/],
    ["that is only %PDF-1.7", { value: "%PDF-1.7" }, /cut off or damaged/],
    ["of a cut PDF", { value: readFixture("resume.pdf").subarray(0, 20_000) }, /cut off or damaged/],
    ["of a PDF called DOCX", { fileName: "cv.docx" }, /wrong ending/],
    ["called cv.pdf.exe", { fileName: "cv.pdf.exe" }, /not a PDF, DOC or DOCX/],
    ["without an ending", { fileName: "cv" }, /not a PDF, DOC or DOCX/],
    ["with a password", { value: readFixture("password-user.pdf") }, /needs a password/],
    [
      "of Word with a password",
      { value: readFixture("password.docx"), fileName: "cv.docx" },
      /needs a password/,
    ],
    ["with macros", { value: readFixture("macros.docx"), fileName: "cv.docx" }, /macros/],
    [
      "of a zip that is no Word file",
      { value: buildZip([{ name: "a.txt", content: "x" }]), fileName: "cv.docx" },
      /\S/,
    ],
    ["of a zip bomb", { value: zipBomb(), fileName: "cv.docx" }, /unpacks to far more/],
    ["that was not chosen", { value: "", fileName: "" }, /Choose your resume/],
  ];
  test.each(cases)("%s is 422 in words that help", async (_name, file, words) => {
    const problem = await readProblem(await app.submit(formParts({}, file)), 422);
    expect(problem.errors).toEqual([{ path: "resume", message: expect.stringMatching(words) }]);
  });

  test("of one byte too many is 413, streamed without a length", async () => {
    const body = multipartBody(formParts({}, { value: pdfOfSize(defaultResumeLimits.maxBytes + 1) }));
    const response = await app.fetch("/api/leads", {
      method: "POST",
      headers: { "Content-Type": multipartType },
      body: new Blob([new Uint8Array(body)]).stream(),
      duplex: "half",
    } as RequestInit);
    expect((await readProblem(response, 413)).errors).toMatchObject([
      { path: "resume", message: /up to 5 MB/ },
    ]);
  });

  test.each([6, 20])("of %d MB is 413 and its sender gets to read why", async (megabytes) => {
    const response = await app.submit(formParts({}, { value: Buffer.alloc(megabytes * 1024 * 1024, "x") }));
    expect((await readProblem(response, 413)).errors).toMatchObject([{ path: "resume" }]);
  });

  test("without an end, sent without a length, is 413 long before it ends", async () => {
    const head = Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\n\r\n`,
    );
    const chunk = new Uint8Array(Buffer.alloc(64 * 1024, "x"));
    let sent = 0;
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(head)),
      pull: (controller) => {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const request = {
      method: "POST",
      headers: { "Content-Type": multipartType },
      body: endless,
      duplex: "half",
    };
    const response = await app.fetch("/api/leads", request as RequestInit);
    await readProblem(response, 413);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

describe("a field", () => {
  const bad: [string, Parameters<typeof formParts>[0], string[]][] = [
    ["missing", { lastName: undefined }, ["lastName"]],
    [
      "all of them missing",
      { firstName: undefined, lastName: undefined, email: undefined },
      ["firstName", "lastName", "email"],
    ],
    ["empty", { firstName: "" }, ["firstName"]],
    ["of spaces", { firstName: " \t " }, ["firstName"]],
    ["of 101 characters", { firstName: "x".repeat(101) }, ["firstName"]],
    ["of 101 emoji", { lastName: "😀".repeat(101) }, ["lastName"]],
    ["of 9 KB", { firstName: "x".repeat(9 * 1024) }, ["firstName"]],
    ["with NUL", { firstName: "A\u0000da" }, ["firstName"]],
    ["with a control character", { lastName: "Ada\u001b[2J" }, ["lastName"]],
    ["with a line break", { firstName: "Ada\r\nBcc: x@y.org" }, ["firstName"]],
    ["with a bidi override", { lastName: "\u202egnp.exe" }, ["lastName"]],
    ["an address with a header", { email: "a@x.org\r\nBcc: b@x.org" }, ["email"]],
    ["an address with an encoded header", { email: "a@x.org%0ABcc:b@x.org" }, ["email"]],
    ["two addresses", { email: "a@x.org, b@x.org" }, ["email"]],
    ["an address with a name", { email: "Ada <a@x.org>" }, ["email"]],
    [
      "an address of 300 characters",
      { email: `${"a".repeat(60)}@${"x".repeat(60)}.${"y.".repeat(100)}org` },
      ["email"],
    ],
    ["unknown", { role: "ADMIN" }, ["role"]],
    ["unknown, from the database", { status: "REACHED_OUT" }, ["status"]],
    ["with brackets", { "firstName[contains]": "x" }, ["firstName[contains]"]],
    ["with deep brackets", { [`a${"[x]".repeat(20)}`]: "x" }, [`a${"[x]".repeat(20)}`]],
    ["called __proto__", { __proto__x: "x", constructor: "x" }, ["__proto__x", "constructor"]],
    ["under both of its names", { first_name: "Ada" }, ["firstName"]],
    ["with the file's name", { resume: "not a file" }, ["resume"]],
  ];
  test.each(bad)("%s is 422 at its name", async (_name, overrides, paths) => {
    const problem = await readProblem(await app.submit(formParts(overrides)), 422);
    expect(problem.errors?.map((error) => error.path).sort()).toEqual([...paths].sort());
  });

  test("that is no UTF-8 is 422", async () => {
    const lone = Buffer.from([0x41, 0xed, 0xa0, 0x80]);
    const problem = await readProblem(
      await app.submit([...formParts({ firstName: undefined }), { name: "firstName", value: lone }]),
      422,
    );
    expect(problem.errors).toMatchObject([{ path: "firstName" }]);
  });

  test("sent twice is 422, and so is a second file", async () => {
    const twice = await readProblem(
      await app.submit([{ name: "email", value: "x@y.org" }, ...formParts()]),
      422,
    );
    expect(twice.errors).toMatchObject([{ path: "email", message: /sent twice/ }]);
    const files = await readProblem(await app.submit([...formParts(), filePart()]), 422);
    expect(files.errors).toMatchObject([{ path: "resume", message: /one file/ }]);
    const other = await readProblem(
      await app.submit([...formParts({}, { name: "avatar" }), filePart()]),
      422,
    );
    expect(other.errors?.map((error) => error.path)).toContain("avatar");
  });

  test("without a name, or with one of 10,000 characters, is 422", async () => {
    for (const part of [
      { value: "x" },
      { value: "x", fileName: "a.pdf" },
      { name: "x".repeat(10_000), value: "x" },
    ]) {
      const problem = await readProblem(await app.submit([part, ...formParts()]), 422);
      expect(problem.errors?.every((error) => error.path.length <= 64)).toBe(true);
    }
  });

  test("ten thousand of them, and ten thousand parts, are 422 at once", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `f${index}`, value: "x" }));
    const problem = await readProblem(await app.submit([...many, ...formParts()]), 422);
    expect(problem.errors?.length).toBeLessThan(30);
    const files = Array.from({ length: 10_000 }, () => filePart({ value: "%PDF" }));
    expect(
      (await readProblem(await app.submit([...formParts(), ...files]), 422)).errors?.length,
    ).toBeLessThan(30);
  });

  test("with two thousand headers is refused", async () => {
    const headers = Array.from({ length: 2_000 }, (_, index) => `X-${index}: y`).join("\r\n");
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="firstName"\r\n${headers}\r\n\r\nx\r\n--${boundary}--\r\n`;
    const response = await app.fetch("/api/leads", {
      method: "POST",
      headers: { "Content-Type": multipartType },
      body,
    });
    expect([400, 422]).toContain(response.status);
    await readProblem(response, response.status);
  });
});
