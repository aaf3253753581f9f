import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffContext } from "../context";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { foldDayCounts } from "./fold-day-counts";
import { listLeads } from "./list-leads";
import { type LeadSort, type ListLeads, leadSortFields, listLeadsSchema } from "./schema";
import { submitLead } from "./submit-lead";

const people = [
  ["José María", "García", "jose@example.com"],
  ["Thomas", "Müller", "t.muller@example.de"],
  ["Sinéad", "O'Brien", "o'brien@x.ie"],
  ["50%", "Off_Season", "percent@example.com"],
  ["Back\\slash", "Zed", "zed@example.com"],
  ["ana", "álvarez", "ANA@EXAMPLE.COM"],
  ["Łukasz", "Wójcik", "lukasz@poczta.example"],
  ["山田", "花子", "hanako@mail.example"],
] as const;

let domain: TestDomain;
let staff: StaffContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
  for (const [firstName, lastName, email] of people) {
    domain.passSeconds(60);
    await submitLead(domain.ctx, await submission({ firstName, lastName, email }));
  }
});
afterAll(() => domain.close());

const list = (input: Partial<ListLeads> = {}) => listLeads(staff, listLeadsSchema.parse(input));
const lastNames = async (input: Partial<ListLeads>) => (await list(input)).items.map((lead) => lead.lastName);

describe("search", () => {
  test.each([
    ["muller", ["Müller"]],
    ["MÜLLER", ["Müller"]],
    ["jose garcia", ["García"]],
    ["garcia jose", ["García"]],
    ["garcia, jose", ["García"]],
    ["  mailto:jose@example.com ", ["García"]],
    ["o'brien", ["O'Brien"]],
    ["%", ["Off_Season"]],
    ["off_s", ["Off_Season"]],
    ["offxs", []],
    ["k\\s", ["Zed"]],
    ["lukasz wojcik", ["Wójcik"]],
    ["花子", ["花子"]],
    ["山", ["花子"]],
    ["jo", ["García"]],
    ["t.m", ["Müller"]],
    ["ul", []],
    ["poczta", ["Wójcik"]],
    ["😀", []],
    ["'; drop table leads; --", []],
    ["a\u0000b", []],
    ["\ud800", []],
    ["\u202e%_\\\\'\"$1$$", []],
    ["(".repeat(200), []],
    ["á".repeat(200), []],
    ["a b c d e f g h i j k l m n", []],
  ])("q=%j finds %j (detail 4.39)", async (q, expected) => {
    expect(await lastNames({ q })).toEqual(expected);
  });

  test("the name filter does not look into addresses, the email filter not into names", async () => {
    expect(await lastNames({ name: "poczta" })).toEqual([]);
    expect(await lastNames({ name: "wojcik" })).toEqual(["Wójcik"]);
    expect(await lastNames({ email: "poczta" })).toEqual(["Wójcik"]);
    expect(await lastNames({ name: "mu" })).toEqual(["Müller"]);
    expect(await lastNames({ name: "ma" })).toEqual(["García"]);
    expect(await lastNames({ email: "t." })).toEqual(["Müller"]);
    expect(await lastNames({ email: "o'b" })).toEqual(["O'Brien"]);
    expect(await lastNames({ email: "an" })).toEqual(["álvarez"]);
    expect(await lastNames({ email: "na" })).toEqual([]);
    expect(await lastNames({ email: "a\u0000b" })).toEqual([]);
    expect(await lastNames({ email: "garcía" })).toEqual([]);
    expect(await lastNames({ email: "Ana@example.com" })).toEqual(["álvarez"]);
    expect(await lastNames({ email: " " })).toHaveLength(people.length);
  });

  test("a day's filter takes the whole day, a moment itself", async () => {
    expect((await list({ createdFrom: "2026-03-02", createdTo: "2026-03-02" })).total).toBe(people.length);
    expect((await list({ createdTo: "2026-03-02T09:33:00Z" })).items).toHaveLength(2);
    expect((await list({ createdFrom: "2026-03-03" })).items).toHaveLength(0);
  });
});

describe("pages", () => {
  test("names sort by locale, case ignored", async () => {
    const names = await lastNames({ sort: "lastName", order: "asc" });
    expect(names.slice(0, 5)).toEqual(["álvarez", "García", "Müller", "O'Brien", "Off_Season"]);
  });

  test.each(leadSortFields)("forwards and back by %s sees every lead once", async (sort: LeadSort) => {
    for (const order of ["asc", "desc"] as const) {
      const whole = (await list({ sort, order, limit: 100 })).items.map((lead) => lead.id);
      const seen: string[] = [];
      let page = await list({ sort, order, limit: 3 });
      const first = page;
      seen.push(...page.items.map((lead) => lead.id));
      while (page.nextCursor) {
        page = await list({ sort, order, limit: 3, cursor: page.nextCursor });
        seen.push(...page.items.map((lead) => lead.id));
      }
      expect(seen).toEqual(whole);
      expect(page.prevCursor).not.toBeNull();
      while (page.prevCursor) page = await list({ sort, order, limit: 3, cursor: page.prevCursor });
      expect(page.items).toEqual(first.items.slice(0, page.items.length));
    }
  });

  test("a lead that arrives while paging neither repeats nor hides one (detail 4.37)", async () => {
    const first = await list({ limit: 4 });
    domain.passSeconds(60);
    await submitLead(domain.ctx, await submission({ lastName: "Latecomer", email: "late@example.com" }));
    const second = await list({ limit: 4, cursor: first.nextCursor ?? "" });
    const ids = [...first.items, ...second.items].map((lead) => lead.id);
    expect(new Set(ids).size).toBe(8);
    expect(second.items.map((lead) => lead.lastName)).toEqual(["Off_Season", "O'Brien", "Müller", "García"]);
  });

  test("totals are exact without a search and when few match", async () => {
    expect(await list({ status: "REACHED_OUT" })).toMatchObject({
      total: 0,
      totalIsExact: true,
      items: [],
      nextCursor: null,
      prevCursor: null,
    });
    expect(await list({ q: "example.com", limit: 2 })).toMatchObject({ total: 5, totalIsExact: true });
  });

  const edited = (change: object) =>
    Buffer.from(
      JSON.stringify({
        ...{ sort: "createdAt", order: "desc", direction: "next", key: ["2026-03-02T09:30:00.000Z"] },
        ...{ id: "0199b3c0-0000-7000-8000-000000000001", ...change },
      }),
    ).toString("base64url");

  test("an unedited cursor is taken", async () => {
    expect((await list({ cursor: edited({}) })).page).toBeNull();
  });

  test.each([
    "garbage",
    "e30",
    edited({ sort: "email" }),
    edited({ sort: "password" }),
    edited({ order: "asc" }),
    edited({ key: ["yesterday"] }),
    edited({ key: ["2026-03-02T09:30:00.000Z", "x"] }),
    edited({ key: [] }),
    edited({ id: "1 OR 1=1" }),
    edited({ limit: 1_000_000 }),
  ])("an edited cursor %s is refused", async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      errors: [{ path: "cursor" }],
    });
  });

  test("a cursor of another sort is refused", async () => {
    const { nextCursor } = await list({ limit: 2 });
    await expect(list({ sort: "email", cursor: nextCursor ?? "" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("pages by number", () => {
  const daysApart = 5;
  const many = 23;
  let other: TestDomain;
  let person: StaffContext;
  const page = async (input: Partial<ListLeads>) => listLeads(person, listLeadsSchema.parse(input));

  beforeAll(async () => {
    other = await createTestDomain();
    person = other.asStaff(await other.createUser("INTAKE"));
    for (let number = 0; number < many; number++) {
      if (number % daysApart === 0) other.passSeconds(3 * 24 * 60 * 60);
      const { receipt } = await submitLead(other.ctx, await submission({ email: `n${number}@example.com` }));
      if (number % 3 > 0) {
        await other.ctx.db.prisma.lead.update({ where: { id: receipt.id }, data: { status: "REACHED_OUT" } });
      }
    }
  });
  afterAll(() => other.close());

  test.each(leadSortFields)("by %s are those that paging leads to", async (sort) => {
    for (const filter of [{}, { status: "REACHED_OUT" }, { email: "@example.com" }] as const) {
      for (const order of ["asc", "desc"] as const) {
        const list = { ...filter, sort, order, limit: 4 };
        let paged = await page(list);
        for (let number = 1; ; number++) {
          const {
            items,
            page: shown,
            lastPage,
            prevCursor,
            nextCursor,
          } = await page({ ...list, page: number });
          expect(items).toEqual(paged.items);
          expect({ shown, prevCursor, nextCursor }).toEqual({
            ...{ shown: number, prevCursor: paged.prevCursor, nextCursor: paged.nextCursor },
          });
          if (!paged.nextCursor) {
            expect(lastPage).toBe(number);
            break;
          }
          paged = await page({ ...list, cursor: paged.nextCursor });
          expect(paged.page).toBeNull();
        }
      }
    }
  });

  test("past the end are the last one, of nothing the first", async () => {
    const last = await page({ limit: 4, page: 6 });
    expect(last.items).toHaveLength(3);
    expect(await page({ limit: 4, page: 1_000_000 })).toEqual(last);
    expect(await page({ limit: 4, page: 99, sort: "email", order: "asc" })).toMatchObject({
      page: 6,
      lastPage: 6,
    });
    expect(await page({ q: "nobody", page: 7 })).toMatchObject({ items: [], page: 1, lastPage: 1, total: 0 });
    expect(await page({ limit: 23, page: 2 })).toMatchObject({ page: 1, lastPage: 1 });
  });

  test("stay right when the counts of past days are folded, and while old leads change", async () => {
    const before = await page({ limit: 4, page: 4 });
    await foldDayCounts(other.ctx);
    const twoDaysAgo = new Date(other.ctx.now().getTime() - 2 * 24 * 60 * 60 * 1000);
    const scattered = { day: { lt: twoDaysAgo }, shard: { not: 0 } };
    expect(await other.ctx.db.prisma.leadDayCount.count({ where: scattered })).toBe(0);
    expect(await page({ limit: 4, page: 4 })).toEqual(before);
    const [first] = before.items;
    await other.ctx.db.prisma.lead.update({
      where: { id: first?.id ?? "" },
      data: { status: "REACHED_OUT" },
    });
    await foldDayCounts(other.ctx);
    expect((await page({ limit: 4, page: 4 })).items.map(({ id }) => id)).toEqual(
      before.items.map(({ id }) => id),
    );
  });
});
