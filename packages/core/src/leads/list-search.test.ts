import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffContext } from "../context";
import type { Excerpt, ScanState } from "../resumes/schema";
import { giveResumeText } from "../testing/give-resume-text";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { findExcerpt } from "./find-excerpt";
import { listLeads } from "./list-leads";
import { type ListLeads, listLeadsSchema } from "./schema";
import { submitLead } from "./submit-lead";

const people = [
  [
    "María",
    "García",
    "maria@example.com",
    "Paralegal in Madrid. Ten years of experience with U-visa petitions.",
  ],
  ["Tom", "Okafor", "tom@example.com", "Engineer. Experience with C++, C# and .NET; García & Partners."],
  ["Hanako", "Yamada", "hanako@example.com", "東京都弁護士会に所属。移民法の経験十年。"],
  ["Visa", "Novak", "novak@example.com", "Baker, no experience of offices."],
  ["Lena", "Weiß", "lena@example.com", null],
] as const;

let domain: TestDomain;
let staff: StaffContext;
const ids = new Map<string, string>();
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
  for (const [firstName, lastName, email, body] of people) {
    domain.passSeconds(60);
    const {
      receipt: { id },
    } = await submitLead(domain.ctx, await submission({ firstName, lastName, email }));
    if (body) await giveResumeText(domain.ctx, { leadId: id, body });
    ids.set(lastName, id);
  }
});
afterAll(() => domain.close());

const list = (input: Partial<ListLeads>, ctx = staff) => listLeads(ctx, listLeadsSchema.parse(input));
const lastNames = async (input: Partial<ListLeads>, ctx = staff) =>
  (await list(input, ctx)).items.map((lead) => lead.lastName);
const marked = (excerpt: Excerpt | null | undefined) =>
  excerpt?.parts.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join("");

describe("a search everywhere", () => {
  test.each([
    ["petition", ["García"]],
    ["garcia", ["Okafor", "García"]],
    ["garcia visa", ["García"]],
    ["visa garcia", ["García"]],
    ["visa", ["Novak", "García"]],
    ["experience", ["Novak", "Okafor", "García"]],
    ["novak experience", ["Novak"]],
    ["experience maria@example.com", ["García"]],
    ["弁護士", ["Yamada"]],
    ["hanako 移民", ["Yamada"]],
    ["c++", ["Okafor"]],
    [".net & c#", ["Okafor"]],
    ['"experience with U-visa"', ["García"]],
    ['"visa experience"', []],
    ['"of experience', ["García"]],
    ['"of exp', ["García"]],
    ['"of ex', ["García"]],
    ['"with c++', ["Okafor"]],
    ['"of exx', []],
    ["弁護士会に", ["Yamada"]],
    ['"maria garcia" madrid', ["García"]],
    ["weiss", ["Weiß"]],
    ["maria tom", []],
    ["' & !| <-> :* (", []],
  ])("for %j finds %j", async (q, expected) => {
    expect(await lastNames({ q })).toEqual(expected);
    expect(await list({ q })).toMatchObject({ total: expected.length, totalIsExact: true });
  });

  test("finds a lead by its reference, as it is read from a screen or heard on the phone", async () => {
    const [lead] = (await list({ q: "yamada" })).items;
    const reference = lead?.reference ?? "";
    expect(reference).toMatch(/^INT-/);
    const heard = reference.slice(4).toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
    for (const q of [reference, reference.toLowerCase(), heard, `${reference} hanako`]) {
      expect(await lastNames({ q }), q).toEqual(["Yamada"]);
      expect(await lastNames({ q, in: "person" }), q).toEqual(["Yamada"]);
    }
    expect(await lastNames({ q: `${reference} tom` })).toEqual([]);
    expect(await lastNames({ q: "INT-0000-0000" })).toEqual([]);
  });

  test("narrows to names and addresses, or to resumes", async () => {
    expect(await lastNames({ q: "visa", in: "person" })).toEqual(["Novak"]);
    expect(await lastNames({ q: "visa", in: "resume" })).toEqual(["García"]);
    expect(await lastNames({ q: "garcia visa", in: "resume" })).toEqual([]);
    expect(await lastNames({ q: "%", in: "resume" })).toEqual([]);
    expect(await lastNames({ in: "resume" })).toHaveLength(people.length);
  });

  test("goes with every filter, sort and page", async () => {
    expect(await lastNames({ q: "experience", sort: "lastName", order: "asc" })).toEqual([
      "García",
      "Novak",
      "Okafor",
    ]);
    expect(await lastNames({ q: "experience", status: "REACHED_OUT" })).toEqual([]);
    expect(await lastNames({ q: "experience", email: "tom@example.com" })).toEqual(["Okafor"]);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ q: "visa", limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map((lead) => lead.lastName));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(["Novak", "García"]);
  });
});

describe("excerpts", () => {
  test("show what was found in the resume, and nothing where the name says it already", async () => {
    const { items } = await list({ q: "visa" });
    expect(items.map((lead) => marked(lead.excerpt))).toEqual([
      undefined,
      "Paralegal in Madrid. Ten years of experience with U-[visa] petitions.",
    ]);
    const [mixed] = (await list({ q: "garcia visa" })).items;
    expect(marked(mixed?.excerpt)).toContain("[visa]");
    const [inResume] = (await list({ q: "garcia", in: "resume" })).items;
    expect(marked(inResume?.excerpt)).toContain("[García] & Partners");
  });

  test("of one lead: for the page that a search led to", async () => {
    const leadId = ids.get("Yamada") ?? "";
    expect(marked(await findExcerpt(staff, { leadId, q: "移民法" }))).toBe(
      "東京都弁護士会に所属。[移民法]の経験十年。",
    );
    expect(await findExcerpt(staff, { leadId, q: "baker" })).toBeNull();
    expect(await findExcerpt(staff, { leadId: ids.get("Weiß") ?? "", q: "weiss" })).toBeNull();
  });
});

describe("who and what is left out", () => {
  const settle = (scanState: ScanState, severity?: string) =>
    domain.ctx.db.prisma.resume.updateMany({
      where: { leadId: ids.get("García") ?? "" },
      data: { scanState, ...(severity && { findings: [{ code: "javascript", severity }] }) },
    });

  test("a search finds nothing in files that may not be opened", async () => {
    const found = () => lastNames({ q: "petition" });
    for (const state of ["PENDING", "INFECTED", "UNSCANNABLE"] as const) {
      await settle(state);
      expect(await found(), state).toEqual([]);
      expect(await findExcerpt(staff, { leadId: ids.get("García") ?? "", q: "petition" })).toBeNull();
      expect(await lastNames({ q: "garcia" }), state).toContain("García");
    }
    await settle("UNSCANNABLE", "noted");
    expect(await found()).toEqual([]);
    await settle("UNSCANNABLE", "blocked");
    expect(await found()).toEqual(["García"]);
    await settle("CLEAN");
    expect(await found()).toEqual(["García"]);
  });

  test("who may not read resumes searches names and addresses only", async () => {
    const reader = await domain.createUser("READ_ONLY");
    const closed = domain.asStaff(reader);
    expect(await lastNames({ q: "visa" }, closed)).toEqual(["Novak"]);
    expect((await list({ q: "garcia visa" }, closed)).items).toEqual([]);
    await expect(list({ q: "visa", in: "resume" }, closed)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const open = { ...closed, actor: { ...closed.actor, user: { ...reader, seesResumes: true } } };
    expect(await lastNames({ q: "visa", in: "resume" }, open)).toEqual(["García"]);
  });

  test("only the newest resume counts", async () => {
    const { prisma } = domain.ctx.db;
    const leadId = ids.get("Okafor") ?? "";
    const older = await prisma.resume.findFirstOrThrow({ where: { leadId } });
    const storageKey = "resumes/newer";
    await prisma.resume.create({
      data: { ...older, id: randomUUID(), storageKey, findings: [], createdAt: domain.ctx.now() },
    });
    await prisma.lead.update({ where: { id: leadId }, data: { resumePath: storageKey } });
    expect(await lastNames({ q: "c++" })).toEqual([]);
    await giveResumeText(domain.ctx, { leadId, body: "Now a gardener" });
    expect(await lastNames({ q: "gardener" })).toEqual(["Okafor"]);
  });
});

describe("a letter, which many names begin with", () => {
  const others = [
    ["Emil", "Ehrlich"],
    ["Eva", "Klein"],
    ["Jan-Emil", "Roth"],
    ["Tom", "Engel"],
  ] as const;
  beforeAll(async () => {
    for (const [firstName, lastName] of others) {
      domain.passSeconds(60);
      const email = `${lastName}@mail.example`.toLowerCase();
      await submitLead(domain.ctx, await submission({ firstName, lastName, email }));
    }
  });

  // Pages of one are full with what is near, one of 25 is not: both ways lead to the same.
  test.each(["createdAt", "updatedAt", "lastName", "firstName", "email", "status", "respondBy"] as const)(
    "finds the same page by page as at once, by %s",
    async (sort) => {
      for (const order of ["asc", "desc"] as const) {
        const input = { q: "e", in: "person", sort, order } as const;
        const whole = await list({ ...input, limit: 25 });
        expect(whole).toMatchObject({ total: others.length, totalIsExact: true });
        let page = await list({ ...input, limit: 1 });
        const walked = [...page.items];
        while (page.nextCursor) {
          page = await list({ ...input, limit: 1, cursor: page.nextCursor });
          expect(page.total).toBe(others.length);
          walked.push(...page.items);
        }
        expect(walked.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
        const back = await list({ ...input, limit: 1, cursor: page.prevCursor ?? "" });
        expect(back.items[0]?.id).toBe(whole.items.at(-2)?.id);
      }
    },
  );

  test("keeps to the filters and to the other words", async () => {
    const asked = { in: "person", limit: 2 } as const;
    expect(await lastNames({ ...asked, q: "e", status: "PENDING" })).toEqual(["Engel", "Roth"]);
    expect(await lastNames({ ...asked, q: "e", status: "REACHED_OUT" })).toEqual([]);
    expect(await lastNames({ ...asked, q: "e tom" })).toEqual(["Engel"]);
  });
});
