import { buffer } from "node:stream/consumers";
import { createDatabase } from "@intake/db/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBuffer } from "yauzl";
import type { PersonContext } from "../context";
import { listLeads } from "../leads/list-leads";
import { listLeadsSchema } from "../leads/schema";
import type { LeadSelection } from "../selection/schema";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { exportLeads } from "./export-leads";
import type { ExportFormat } from "./schema";

const many = 15_003;
let domain: TestDomain;
let ctx: PersonContext;
beforeAll(async () => {
  domain = await createTestDomain();
  await giveManyLeads(domain.ctx.db, many);
  const user = await domain.createUser("ATTORNEY");
  ctx = domain.asStaff({ ...user, timeZone: "Asia/Kolkata" });
  const names = [
    ["=cmd|'/C calc'!A0", "＝1+1"],
    ['Zoë "the fox"', "line\nbreak"],
    ["山田", "花子 _x0041_ <b>&amp;</b>"],
  ];
  for (const [index, [firstName = "", lastName = ""]] of names.entries())
    await ctx.db.prisma.lead.updateMany({
      where: { reference: `INT-${index + 1}` },
      data: { firstName, lastName },
    });
}, 120_000);
afterAll(() => domain.close());

const matching = (query: object = {}): LeadSelection => ({
  kind: "matching",
  query: listLeadsSchema.parse(query),
  except: [],
});

/** The whole file as it would arrive. */
async function fileOf(format: ExportFormat, selection: LeadSelection) {
  let made: { fileName: string; rows: number; content: string; bytes: Buffer } | undefined;
  await exportLeads(ctx, { selection, format }, async ({ content, ...file }) => {
    const parts: Buffer[] = [];
    for await (const part of content) parts.push(Buffer.from(part));
    const bytes = Buffer.concat(parts);
    made = { ...file, bytes, content: bytes.toString("utf8") };
  });
  if (!made) throw new Error("No file was sent");
  return made;
}

/** The references that the list shows for the same question, page after page. */
async function listed(query: object): Promise<string[]> {
  const references: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listLeads(ctx, { ...listLeadsSchema.parse({ ...query, limit: 100 }), cursor });
    references.push(...page.items.map(({ reference }) => reference));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return references;
}

const firstCells = (content: string) =>
  [...content.matchAll(/^"(INT-\d+)"/gm)].map(([, reference]) => reference);

test("10,002 rows of a filter are the list's own, row for row and in its order", {
  timeout: 120_000,
}, async () => {
  const query = { status: "PENDING", sort: "email", order: "asc" };
  const file = await fileOf("csv-excel", matching(query));
  expect(file).toMatchObject({ fileName: "leads-2026-03-02-10002-rows.csv", rows: 10_002 });
  expect(firstCells(file.content)).toEqual(await listed(query));
  expect(file.content.startsWith("\uFEFF")).toBe(true);
  expect(file.content.endsWith('"End of the export: 10002 leads."\r\n')).toBe(true);
  const event = await ctx.db.prisma.auditEvent.findFirst({ where: { type: "leads.exported" } });
  expect(event?.data).toEqual({ rows: 10_002, format: "csv-excel", filters: "status" });
});

test("a search and leads named one by one are exported alike, for programs without a mark and a last line", async () => {
  const query = { q: "ünal zoe3", status: "PENDING" };
  const file = await fileOf("csv", matching(query));
  expect(firstCells(file.content)).toEqual(await listed(query));
  expect(file.content.trimEnd().split("\r\n")).toHaveLength(file.rows + 1);
  expect(file.content.startsWith('"Reference"')).toBe(true);
  const leads = await ctx.db.prisma.lead.findMany({ where: { reference: { in: ["INT-1", "INT-9"] } } });
  const named = await fileOf("csv", { kind: "ids", ids: leads.map(({ id }) => id) });
  expect(firstCells(named.content)).toEqual(["INT-9", "INT-1"]);
  const events = await ctx.db.prisma.auditEvent.findMany({
    where: { type: "leads.exported" },
    orderBy: { id: "asc" },
  });
  expect(events.slice(-2).map(({ data }) => data)).toMatchObject([
    { filters: "q status" },
    { filters: "ids" },
  ]);
});

test("formulas are inert, signs and line breaks whole, times on the reader's clock", async () => {
  const { content } = await fileOf("csv", matching({ createdTo: "2026-01-01T00:00:04Z" }));
  expect(content).toContain(`"'=cmd|'/C calc'!A0","'＝1+1"`);
  expect(content).toContain('"Zoë ""the fox""","line\nbreak"');
  expect(content).toContain('"Received (Asia/Kolkata)"');
  expect(content).toContain('"2026-01-01 05:30:01"');
});

describe("a workbook", () => {
  test("holds the same rows, text as text and times as times", async () => {
    const file = await fileOf("xlsx", matching({ createdTo: "2026-01-01T00:00:04Z" }));
    expect(file.fileName).toBe("leads-2026-03-02-3-rows.xlsx");
    const sheet = await readPart(file.bytes, "xl/worksheets/sheet1.xml");
    expect(sheet.match(/<row /g)).toHaveLength(1 + 3 + 1);
    expect(sheet).toContain(
      '<c r="B4" t="inlineStr" s="3"><is><t xml:space="preserve">=cmd|\'/C calc\'!A0</t></is></c>',
    );
    expect(sheet).toContain("山田");
    expect(sheet).toContain("花子 _x005F_x0041_ &lt;b&gt;&amp;amp;&lt;/b&gt;");
    // 1 January 2026, 05:30:03.
    expect(sheet).toContain(`<c r="F2" s="2"><v>${46_023 + (5.5 * 3600 + 3) / 86_400}</v></c>`);
    expect(sheet).toContain("End of the export: 3 leads.");
  });

  test("of thousands of rows is whole", { timeout: 60_000 }, async () => {
    const file = await fileOf("xlsx", matching());
    expect(file.rows).toBe(many);
    const sheet = await readPart(file.bytes, "xl/worksheets/sheet1.xml");
    expect(sheet.match(/<row /g)).toHaveLength(many + 2);
  });
});

test("leads that arrive while it is read are not in it", async () => {
  const query = { createdFrom: "2030-01-01" };
  await ctx.db.prisma.lead.updateMany({
    where: { reference: "INT-7" },
    data: { createdAt: new Date("2030-01-02") },
  });
  let content = "";
  await exportLeads(ctx, { selection: matching(query), format: "csv" }, async (file) => {
    await ctx.db.prisma.lead.updateMany({
      where: { reference: "INT-8" },
      data: { createdAt: new Date("2030-01-03") },
    });
    for await (const part of file.content) content += part;
  });
  expect(firstCells(content)).toEqual(["INT-7"]);
});

test("a third export at the same time has to wait, on whichever instance, and one that breaks off makes room", async () => {
  const other = createDatabase({ connectionString: domain.connectionString, maxConnections: 3 });
  const held = Promise.withResolvers<void>();
  const hold = (db: PersonContext["db"]) => {
    const begun = Promise.withResolvers<void>();
    const done = exportLeads({ ...ctx, db }, { selection: matching(), format: "csv" }, async () => {
      begun.resolve();
      await held.promise;
      throw new Error("the reader went away");
    });
    return { begun: begun.promise, done };
  };
  const both = [hold(ctx.db), hold(other)];
  const ends = Promise.allSettled(both.map(({ done }) => done));
  await Promise.all(both.map(({ begun }) => begun));
  for (const db of [ctx.db, other])
    await expect(hold(db).done).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterSeconds: 60 });
  held.resolve();
  for (const one of await ends) expect(one.status).toBe("rejected");
  expect((await fileOf("csv", matching({ createdFrom: "2030-01-01" }))).rows).toBe(2);
  await other.close();
});

/** One part of a zip file as text. */
async function readPart(bytes: Buffer, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on("end", () => reject(new Error(`There is no ${name}`)));
      zip.on("entry", (entry) => {
        if (entry.fileName !== name) return zip.readEntry();
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          buffer(stream).then((content) => resolve(content.toString("utf8")), reject);
        });
      });
      zip.readEntry();
    });
  });
}
