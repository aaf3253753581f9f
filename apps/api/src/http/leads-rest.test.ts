import { randomUUID } from "node:crypto";
import {
  type LeadPage,
  type LeadReceipt,
  leadPageSchema,
  leadReceiptSchema,
  leadSchema,
} from "@intake/core/leads/schema";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formParts } from "../testing/multipart";
import { readJson, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const people = [
  { firstName: "Ada", lastName: "Müller", email: "ada@example.org" },
  { firstName: "José", lastName: "García", email: "jose.garcia@example.org" },
  { firstName: "Zoë", lastName: "Adams", email: "zoe+cv@example.org" },
];

let app: TestApp;
let token: string;
const receipts: LeadReceipt[] = [];
beforeAll(async () => {
  app = await startTestApp();
  token = await app.signIn("ATTORNEY");
  for (const person of people)
    receipts.push(await readJson(await app.submit(formParts(person)), leadReceiptSchema));
});
afterAll(() => app.close());

const list = async (query: string): Promise<LeadPage> => {
  const response = await app.call("GET", `/api/leads${query}`, { token });
  return readJson(response, leadPageSchema.strict());
};
const namesOf = (page: LeadPage) => page.items.map((lead) => lead.firstName);

describe("GET /api/leads", () => {
  test("searches resumes only for those who may read them", async () => {
    expect(namesOf(await list("?q=adams&in=resume"))).toEqual([]);
    expect(namesOf(await list("?q=adams&in=person"))).toEqual(["Zoë"]);
    const reader = await app.signIn("READ_ONLY");
    const refused = await app.call("GET", "/api/leads?q=adams&in=resume", { token: reader });
    expect(await readProblem(refused, 403)).toMatchObject({ code: "FORBIDDEN" });
  });

  test("gives whole leads, newest first, with the total", async () => {
    const page = await list("");
    expect(page).toMatchObject({ total: 3, totalIsExact: true, nextCursor: null, prevCursor: null });
    expect(namesOf(page)).toEqual(["Zoë", "José", "Ada"]);
    expect(page.items[2]).toEqual({
      ...people[0],
      id: receipts[0]?.id,
      reference: receipts[0]?.reference,
      status: "PENDING",
      createdAt: receipts[0]?.receivedAt,
      updatedAt: receipts[0]?.receivedAt,
      version: 1,
      source: "API",
      timeZone: null,
      assignee: null,
      respondBy: expect.any(String),
      reachedOutAt: null,
      responseMinutes: null,
      isUnread: true,
      receiptState: "QUEUED",
      resume: {
        ...receipts[0]?.resume,
        id: expect.any(String),
        format: "PDF",
        scanState: "UNSCANNED",
        scanReason: null,
      },
    });
  });

  test.each([
    [
      "?unread=true&mail=QUEUED&scan=UNSCANNED&assignee=nobody&hasResume=true&late=false",
      ["Zoë", "José", "Ada"],
    ],
    ["?unread=false", []],
    ["?q=muller", ["Ada"]],
    ["?q=garcia,%20jose", ["José"]],
    ["?q=example.org&sort=firstName&order=asc", ["Ada", "José", "Zoë"]],
    ["?name=adams", ["Zoë"]],
    ["?email=JOSE.garcia@example.org", ["José"]],
    ["?email=mailto:zoe%2Bcv@example.org", ["Zoë"]],
    ["?status=REACHED_OUT", []],
    ["?createdFrom=2026-01-01T00:00:00Z&createdTo=2026-01-02", []],
    ["?sort=lastName&order=asc", ["Zoë", "José", "Ada"]],
    ["?sort=email&order=desc", ["Zoë", "José", "Ada"]],
    ["?q=%25", []],
    ["?q=_", []],
    ["?q=%00", ["Zoë", "José", "Ada"]],
  ])("%s", async (query, expected) => {
    expect(namesOf(await list(query))).toEqual(expected);
  });

  test("pages forward and back without repeating or hiding", async () => {
    const first = await list("?limit=2&sort=createdAt&order=asc");
    expect(first).toMatchObject({ total: 3, prevCursor: null });
    const second = await list(`?limit=2&sort=createdAt&order=asc&cursor=${first.nextCursor}`);
    expect([...namesOf(first), ...namesOf(second)]).toEqual(["Ada", "José", "Zoë"]);
    expect(second.nextCursor).toBeNull();
    expect(namesOf(await list(`?limit=2&sort=createdAt&order=asc&cursor=${second.prevCursor}`))).toEqual(
      namesOf(first),
    );
  });

  test.each([
    ["?limit=100000", "limit"],
    ["?limit=101", "limit"],
    ["?limit=0", "limit"],
    ["?limit=-1", "limit"],
    ["?limit=abc", "limit"],
    ["?limit=1.5", "limit"],
    ["?limit=9e99", "limit"],
    ["?sort=password_hash", "sort"],
    [`?sort=${"x".repeat(8000)}`, "sort"],
    ["?order=sideways", "order"],
    ["?status=GONE", "status"],
    ["?status=PENDING&status=REACHED_OUT", "status"],
    [`?q=${"x".repeat(201)}`, "q"],
    ["?q=x&in=nowhere", "in"],
    [`?q=${"x".repeat(8000)}`, "q"],
    ["?createdFrom=yesterday", "createdFrom"],
    ["?page=0", "page"],
    ["?q[contains]=x", "q[contains]"],
    [`?cursor=${"A".repeat(1001)}`, "cursor"],
  ])("%s is 422 at its field", async (query, path) => {
    const problem = await readProblem(await app.call("GET", `/api/leads${query}`, { token }), 422);
    expect(problem.code).toBe("UNPROCESSABLE_CONTENT");
    expect(new Set(problem.errors?.map((error) => error.path))).toEqual(new Set([path]));
    expect(JSON.stringify(problem)).not.toContain("xxx");
  });

  test.each(["nonsense", "e30", Buffer.from('{"sort":"createdAt"}').toString("base64url")])(
    "cursor %s is 400",
    async (cursor) => {
      const problem = await readProblem(await app.call("GET", `/api/leads?cursor=${cursor}`, { token }), 400);
      expect(problem.errors).toMatchObject([{ path: "cursor" }]);
    },
  );

  test("a cursor of another sort is 400", async () => {
    const { nextCursor } = await list("?limit=1");
    await readProblem(
      await app.call("GET", `/api/leads?limit=1&sort=email&cursor=${nextCursor}`, { token }),
      400,
    );
  });

  test("a search term of a megabyte is refused before it reaches anything", async () => {
    const response = await app.call("GET", `/api/leads?q=${"x".repeat(1024 * 1024)}`, { token });
    await readProblem(response, 431);
    expect((await app.fetch("/livez")).status).toBe(200);
  });
});

describe("GET and PATCH /api/leads/{lead_id}", () => {
  const path = (index = 0) => `/api/leads/${receipts[index]?.id}`;
  const patch = (body: unknown, headers: Record<string, string> = {}, index = 0) =>
    app.call("PATCH", path(index), { token, body, headers });

  test("a lead has an ETag of its version", async () => {
    const response = await app.call("GET", path(), { token });
    expect(response.headers.get("etag")).toMatch(/^"1-/);
    expect(await response.json()).toMatchObject({
      id: receipts[0]?.id,
      version: 1,
      resume: { fileName: "resume.pdf" },
    });
  });

  test("what has not changed is answered with 304, a check of its file is a change", async () => {
    const addresses = [path(), "/api/leads?q=muller"];
    const ask = (address: string, etag: string) =>
      app.call("GET", address, { token, headers: { "If-None-Match": etag } });
    const etags = await Promise.all(
      addresses.map(async (address) => (await app.call("GET", address, { token })).headers.get("etag") ?? ""),
    );
    for (const [index, address] of addresses.entries()) {
      const response = await ask(address, etags[index] ?? "");
      expect(response.status).toBe(304);
      expect(await response.text()).toBe("");
    }
    const leadId = receipts[0]?.id ?? "";
    await app.effects.db.prisma.resume.updateMany({ where: { leadId }, data: { scanState: "PENDING" } });
    for (const [index, address] of addresses.entries()) {
      expect((await ask(address, etags[index] ?? "")).status).toBe(200);
    }
    await app.effects.db.prisma.resume.updateMany({ where: { leadId }, data: { scanState: "UNSCANNED" } });
  });

  test("a status changes once, stale writers get the current lead, and back again", async () => {
    const changed = await patch(
      { status: "REACHED_OUT", channel: "PHONE", note: "Called back." },
      { "If-Match": '"1"' },
    );
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).toMatch(/^"2-/);
    const lead = await readJson(changed, leadSchema.strict());
    expect(lead).toMatchObject({ status: "REACHED_OUT", version: 2 });

    const stale = await readProblem(await patch({ status: "PENDING" }, { "If-Match": '"1"' }), 409);
    expect(stale).toMatchObject({ code: "CONFLICT", current: lead });
    // Without If-Match the last one wins; the same status again changes nothing.
    expect(await (await patch({ status: "REACHED_OUT" })).json()).toEqual(lead);
    expect(await (await patch({ status: "PENDING" }, { "If-Match": "*" })).json()).toMatchObject({
      version: 3,
    });
    expect(namesOf(await list("?status=PENDING&sort=firstName&order=asc"))).toEqual(["Ada", "José", "Zoë"]);
  });

  test.each([
    [{ status: "GONE" }, "status"],
    [{}, "status"],
    [{ status: null }, "status"],
    [{ status: { set: "REACHED_OUT" } }, "status"],
    [{ status: "REACHED_OUT", email: "x@y.org" }, "email"],
    [{ status: "REACHED_OUT", leadId: randomUUID() }, "leadId"],
    [{ status: "REACHED_OUT", channel: "PIGEON" }, "channel"],
    [{ status: "REACHED_OUT", note: 5 }, "note"],
    [{ status: "REACHED_OUT", note: "x".repeat(5001) }, "note"],
    [{ status: "REACHED_OUT", note: "a\u0000b" }, "note"],
    [{ status: "REACHED_OUT", version: "1" }, "version"],
  ])("%j is 422 at its field and changes nothing", async (body, field) => {
    const problem = await readProblem(await patch(body, {}, 1), 422);
    expect(problem.errors).toMatchObject([{ path: field }]);
    expect(await (await app.call("GET", path(1), { token })).json()).toMatchObject({
      version: 1,
      status: "PENDING",
    });
  });

  test.each([
    ["not JSON", "{", "application/json", 400],
    ["an array", "[]", "application/json", 400],
    ["a string", '"REACHED_OUT"', "application/json", 400],
    ["a form", "status=REACHED_OUT", "application/x-www-form-urlencoded", 415],
    ["another charset", "{}", "application/json; charset=latin1", 415],
    ["101 KB", JSON.stringify({ status: "PENDING", note: "x".repeat(101 * 1024) }), "application/json", 413],
    ["a thousand brackets", "[".repeat(1000), "application/json", 400],
  ])("a body that is %s is refused", async (...[, body, type, status]) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": type };
    await readProblem(await app.fetch(path(1), { method: "PATCH", headers, body }), status);
  });

  test.each(['"x"', "1", '"-1"', '"99999999999"', ""])("If-Match %s is 400", async (etag) => {
    await readProblem(await patch({ status: "REACHED_OUT" }, { "If-Match": etag }, 1), 400);
  });

  test("what does not exist is 404, what is no id is refused in words", async () => {
    const missing = await readProblem(await app.call("GET", `/api/leads/${randomUUID()}`, { token }), 404);
    expect(missing.code).toBe("NOT_FOUND");
    await readProblem(
      await app.call("PATCH", `/api/leads/${randomUUID()}`, { token, body: { status: "PENDING" } }),
      404,
    );
    expect(await readProblem(await app.call("GET", "/api/leads/1%27--", { token }), 422)).toMatchObject({
      errors: [{ path: "leadId" }],
    });
  });
});
