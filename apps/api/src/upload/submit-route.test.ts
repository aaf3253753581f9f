import { randomUUID } from "node:crypto";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { readFixture } from "@intake/documents/samples/fixture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filePart, formParts, person } from "../testing/multipart";
import { readPage } from "../testing/plain-pages";
import { readJson, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const leadOf = (id: string) => app.effects.db.prisma.lead.findUniqueOrThrow({ where: { id } });

describe("POST /api/leads", () => {
  test("answers 201 with exactly what is stored", async () => {
    const response = await app.submit(formParts());
    expect(response.status).toBe(201);
    const receipt = leadReceiptSchema.strict().parse(await response.json());
    expect(response.headers.get("location")).toBe(`/api/leads/${receipt.id}`);
    expect(receipt.status).toBe("PENDING");
    expect(receipt.resume).toMatchObject({
      fileName: "resume.pdf",
      sizeBytes: readFixture("resume.pdf").length,
    });
    expect(await leadOf(receipt.id)).toMatchObject({ ...person, reference: receipt.reference });
    expect(await app.spooled()).toEqual([]);
  });

  test.each([
    ["our form", { Origin: "OWN", "X-Requested-With": "intake" }, "FORM"],
    ["a browser without JavaScript", { Origin: "null", Accept: "text/html" }, "FORM"],
    ["a page elsewhere", { Origin: "https://elsewhere.example" }, "API"],
    ["a program", {}, "API"],
  ] as const)("remembers that a lead came by %s", async (_, headers, source) => {
    const origin = new URL(app.effects.settings.publicUrl).origin;
    const sent = Object.entries(headers).map(([name, value]) => [name, value === "OWN" ? origin : value]);
    const email = `${randomUUID()}@example.com`;
    await app.submit(formParts({ email }), Object.fromEntries(sent));
    expect(await app.effects.db.prisma.lead.findFirstOrThrow({ where: { email } })).toMatchObject({ source });
  });

  test.each([
    ["Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"],
    ["Mars/Olympus", null],
    ["+07:00", null],
    ["", null],
    ["x".repeat(500), null],
  ])("keeps the zone %s as %s, and never refuses a lead for it", async (timeZone, kept) => {
    const response = await app.submit([...formParts(), { name: "timeZone", value: timeZone }]);
    expect(response.status).toBe(201);
    const { id } = await readJson(response, leadReceiptSchema);
    expect((await leadOf(id)).timeZone).toBe(kept);
  });

  test("takes the PRD's column names too", async () => {
    const parts = [
      { name: "first_name", value: " Ada " },
      { name: "last_name", value: "van der  Berg" },
      { name: "email", value: " Ada+CV@Example.ORG " },
      filePart(),
    ];
    const response = await app.submit(parts);
    expect(response.status).toBe(201);
    const { id } = await readJson(response, leadReceiptSchema);
    expect(await leadOf(id)).toMatchObject({
      firstName: "Ada",
      lastName: "van der  Berg",
      email: "Ada+CV@Example.ORG",
    });
  });

  test.each([
    ["resume.doc", "DOC", "application/msword"],
    ["resume.docx", "DOCX", "application/zip"],
    ["resume.docx", "DOCX", "application/octet-stream"],
    ["resume-200kb.pdf", "PDF", undefined],
    ["password-owner.pdf", "PDF", "text/plain"],
  ])("content decides: %s is a %s, whatever %s claims", async (fileName, format, type) => {
    const response = await app.submit(
      formParts({}, { value: readFixture(fileName), fileName, ...(type ? { type } : {}) }),
    );
    expect(response.status).toBe(201);
    const { id } = await readJson(response, leadReceiptSchema);
    expect(await app.effects.db.prisma.resume.findFirstOrThrow({ where: { leadId: id } })).toMatchObject({
      format,
    });
  });

  test.each([
    ["Résumé – O'Brien (最終版) 😀.pdf", "Résumé – O'Brien (最終版) 😀.pdf"],
    ["../../etc/passwd.pdf", "passwd.pdf"],
    ["C:\\\\Users\\\\Ada\\\\CV.PDF", "CV.PDF"],
    [`${"a".repeat(300)}.pdf`, `${"a".repeat(251)}.pdf`],
  ])("file name %s is kept as %s", async (fileName, kept) => {
    const response = await app.submit(formParts({}, { fileName }));
    expect((await readJson(response, leadReceiptSchema)).resume.fileName).toBe(kept);
  });
});

describe("Idempotency-Key", () => {
  test("the same key and content answer 200 with the same body; other content is 422", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const first = await app.submit(formParts(), headers);
    const count = await app.countLeads();
    const again = await app.submit(formParts(), headers);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await again.json()).toEqual(await first.json());

    for (const other of [
      formParts({ email: "x@y.org" }),
      formParts({}, { value: readFixture("resume-200kb.pdf") }),
    ]) {
      expect((await readProblem(await app.submit(other, headers), 422)).errors).toMatchObject([
        { path: "idempotencyKey" },
      ]);
    }
    expect(await app.countLeads()).toBe(count);
  });

  test("ten at once make one lead", async () => {
    const before = await app.countLeads();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.submit(formParts(), { "Idempotency-Key": key })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(9).fill(200), 201]);
    const receipts = await Promise.all(answers.map((answer) => readJson(answer, leadReceiptSchema)));
    expect(new Set(receipts.map((receipt) => receipt.id)).size).toBe(1);
    expect(await app.countLeads()).toBe(before + 1);
    expect(await app.countObjects()).toBe(before + 1);
  });

  test("a refused form has not burnt its key", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    await readProblem(await app.submit(formParts({ email: "no" }), headers), 422);
    expect((await app.submit(formParts(), headers)).status).toBe(201);
  });

  test.each(["a b", "é", "x".repeat(256)])("key %s is 422", async (key) => {
    const sent = Buffer.from(key, "utf8").toString("latin1");
    expect(
      (await readProblem(await app.submit(formParts(), { "Idempotency-Key": sent }), 422)).errors,
    ).toMatchObject([{ path: "idempotencyKey" }]);
  });
});

describe("a browser without JavaScript", () => {
  const browser = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

  test("gets 303 to its thank-you page, which holds exactly what is stored and survives a reload", async () => {
    const response = await app.submit(formParts({ idempotencyKey: randomUUID() }), browser);
    expect(response.status).toBe(303);
    const location = response.headers.get("location") ?? "";
    expect(location).toMatch(new RegExp(`^${app.baseUrl}/received/[\\w-]{44}$`));
    for (const _visit of [1, 2]) {
      const page = await app.fetch(new URL(location).pathname);
      expect(page.headers.get("x-robots-tag")).toBe("noindex, nofollow");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(page.headers.get("cache-control")).toBe("no-store");
      const { name, props } = readPage(await page.text());
      expect(name).toBe("receipt");
      expect(props).toMatchObject({
        ...person,
        resume: { fileName: "resume.pdf" },
        timeZone: "Europe/London",
      });
    }
  });

  test("gets the page again with its errors, what was typed and the same key", async () => {
    const idempotencyKey = randomUUID();
    const response = await app.submit(
      formParts({ idempotencyKey, email: "ada@", firstName: "<b>Ada" }, { value: "" }),
      browser,
    );
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const { name, props } = readPage(await response.text());
    expect(name).toBe("form");
    expect(props).toMatchObject({
      idempotencyKey,
      values: { firstName: "<b>Ada", lastName: person.lastName, email: "ada@" },
      errors: [{ path: "email" }, { path: "resume" }],
    });
  });

  test("gets the page with a sentence when no field is to blame", async () => {
    const response = await app.fetch("/api/leads", {
      method: "POST",
      headers: { ...browser, "Content-Type": "text/plain" },
      body: "x",
    });
    expect(response.status).toBe(415);
    expect(readPage(await response.text()).props).toMatchObject({
      formError: expect.stringContaining("multipart/form-data"),
    });
  });

  test.each(["nonsense", "A".repeat(44), "%00"])(
    "thank-you address %s leads nowhere, calmly",
    async (token) => {
      const response = await app.fetch(`/received/${token}`);
      expect(response.status).toBe(404);
      expect(readPage(await response.text())).toMatchObject({
        name: "unavailable",
        props: { kind: "receipt-not-found" },
      });
    },
  );
});

test("a throttled source gets 429 with Retry-After, as a problem", async () => {
  const limited = await startTestApp({ isRateLimited: true });
  try {
    // In two goes, because one network may have only so many under way at once.
    const go = () => Promise.all(Array.from({ length: 31 }, () => limited.submit([])));
    const answers = [...(await go()), ...(await go())];
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(2);
    for (const answer of refused) {
      await readProblem(answer, 429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  } finally {
    await limited.close();
  }
});
