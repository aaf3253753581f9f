import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffContext } from "../context";
import { queryRows } from "../sql";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { contains } from "./list-filters";
import { listLeads } from "./list-leads";
import { type ListLeads, listLeadsSchema } from "./schema";
import { submitLead } from "./submit-lead";

const names = ["Adams", "Baker", "Clarke", "Diaz"] as const;
type Name = (typeof names)[number];

let domain: TestDomain;
let staff: StaffContext;
let colleague: StaffContext;
const ids: Record<string, string> = {};
const id = (name: Name) => ids[name] ?? "";

beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
  for (const lastName of names) {
    domain.passSeconds(60);
    const email = `${lastName}@example.com`.toLowerCase();
    ids[lastName] = (await submitLead(domain.ctx, await submission({ lastName, email }))).receipt.id;
  }
  domain.passSeconds(60);
  colleague = domain.asStaff(await domain.createUser("ATTORNEY"));
  await domain.ctx.db.prisma.lead.updateMany({ data: { respondBy: null } });
});
afterAll(() => domain.close());

const list = (input: Partial<ListLeads>, ctx = staff) => listLeads(ctx, listLeadsSchema.parse(input));
const found = async (input: Partial<ListLeads>, ctx = staff) => {
  const { items, total, totalIsExact } = await list({ sort: "lastName", order: "asc", ...input }, ctx);
  expect({ total, totalIsExact }).toEqual({ total: items.length, totalIsExact: true });
  return items.map((lead) => lead.lastName);
};
const change = (name: Name, data: object) =>
  domain.ctx.db.prisma.lead.update({ where: { id: id(name) }, data });
const read = (person: StaffContext, name: Name, isRead: boolean) =>
  domain.ctx.db.prisma.leadRead.create({
    data: { userId: person.actor.user.id, leadId: id(name), isRead, at: domain.ctx.now() },
  });

test.each([
  ["li", " Anne-Lise", true],
  ["ne", " Anne-Lise", false],
  ["an", " Lise Ann", true],
  ["ise", " Anne-Lise", true],
  ["j.s", " j.smith@x.example", true],
  [".s", " j.smith@x.example", true],
  ["n_", " ann_a", false],
  ["田", " 田中", true],
  ["中", " 田中", false],
])("%j is in %j: %j, one or two letters where a word begins", async (part, text, expected) => {
  const [row] = await queryRows<{ isIn: boolean }>(
    domain.ctx.db,
    Prisma.sql`SELECT ${contains(Prisma.sql`search_normal(${text})`, part)} AS "isIn"`,
  );
  expect(row?.isIn).toBe(expected);
});

describe("filters", () => {
  test("by who is in charge", async () => {
    await change("Adams", { assigneeId: staff.actor.user.id });
    await change("Baker", { assigneeId: colleague.actor.user.id });
    expect(await found({ assignee: "me" })).toEqual(["Adams"]);
    expect(await found({ assignee: "me" }, colleague)).toEqual(["Baker"]);
    expect(await found({ assignee: colleague.actor.user.id })).toEqual(["Baker"]);
    expect(await found({ assignee: "nobody" })).toEqual(["Clarke", "Diaz"]);
    expect(await found({ assignee: "nobody", q: "diaz" })).toEqual(["Diaz"]);
    expect((await list({ assignee: "me" })).items[0]?.assignee?.id).toBe(staff.actor.user.id);
  });

  test("a lead of somebody who has left is nobody's, under their name, until they are back", async () => {
    const gone = await domain.createUser("ATTORNEY");
    const there = (disabledAt: Date | null) =>
      domain.ctx.db.prisma.user.update({ where: { id: gone.id }, data: { disabledAt } });
    await change("Diaz", { assigneeId: gone.id });
    expect(await found({ assignee: "nobody" })).toEqual(["Clarke"]);
    await there(domain.ctx.now());
    expect(await found({ assignee: "nobody" })).toEqual(["Clarke", "Diaz"]);
    expect(await found({ assignee: gone.id })).toEqual(["Diaz"]);
    const [lead] = (await list({ q: "diaz" })).items;
    expect(lead?.assignee).toEqual({ id: gone.id, name: gone.name, hasLeft: true });
    await there(null);
    expect(await found({ assignee: "nobody" })).toEqual(["Clarke"]);
    expect((await list({ q: "diaz" })).items[0]?.assignee).toEqual({ id: gone.id, name: gone.name });
    await change("Diaz", { assigneeId: null });
  });

  test("by door", async () => {
    await change("Clarke", { source: "API" });
    expect(await found({ source: "API" })).toEqual(["Clarke"]);
    expect(await found({ source: "FORM" })).toEqual(["Adams", "Baker", "Diaz"]);
  });

  test("by what the check of the newest resume said, and whether it can be looked at", async () => {
    const settle = (name: Name, data: object) =>
      domain.ctx.db.prisma.resume.updateMany({ where: { leadId: id(name) }, data });
    await settle("Adams", { scanState: "CLEAN" });
    await settle("Baker", { scanState: "INFECTED" });
    await settle("Clarke", {
      scanState: "UNSCANNABLE",
      findings: [{ code: "javascript", severity: "blocked" }],
    });
    await settle("Diaz", { scanState: "UNSCANNABLE" });
    expect(await found({ scan: "CLEAN" })).toEqual(["Adams"]);
    expect(await found({ scan: "UNSCANNABLE" })).toEqual(["Clarke", "Diaz"]);
    expect(await found({ scan: "PENDING" })).toEqual([]);
    expect(await found({ hasResume: true })).toEqual(["Adams", "Clarke"]);
    expect(await found({ hasResume: false })).toEqual(["Baker", "Diaz"]);
    expect(await found({ hasResume: false, q: "baker" })).toEqual(["Baker"]);
    expect(await found({ hasResume: false, scan: "INFECTED", status: "PENDING" })).toEqual(["Baker"]);
  });

  test("by what became of the receipt", async () => {
    const mail = (name: Name, state: "SENT" | "FAILED") =>
      domain.ctx.db.prisma.outboxMail.updateMany({
        where: { leadId: id(name), kind: "LEAD_RECEIPT" },
        data: { state },
      });
    await mail("Adams", "SENT");
    await mail("Baker", "FAILED");
    expect(await found({ mail: "SENT" })).toEqual(["Adams"]);
    expect(await found({ mail: "FAILED" })).toEqual(["Baker"]);
    expect(await found({ mail: "QUEUED" })).toEqual(["Clarke", "Diaz"]);
    const { items } = await list({ sort: "lastName", order: "asc" });
    expect(items.map((lead) => lead.receiptState)).toEqual(["SENT", "FAILED", "QUEUED", "QUEUED"]);
    // Sent once more: what became of the first no longer counts.
    const { id: _, ...first } = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
      where: { leadId: id("Baker"), kind: "LEAD_RECEIPT" },
    });
    await domain.ctx.db.prisma.outboxMail.create({ data: { ...first, id: uuidv7(), state: "QUEUED" } });
    expect(await found({ mail: "FAILED" })).toEqual([]);
    expect(await found({ mail: "QUEUED" })).toEqual(["Baker", "Clarke", "Diaz"]);
  });

  test("by notes", async () => {
    await domain.ctx.db.prisma.leadNote.create({
      data: {
        ...{ id: id("Baker"), leadId: id("Baker"), eventId: id("Baker"), authorId: staff.actor.user.id },
        ...{ body: "Called.", createdAt: domain.ctx.now() },
      },
    });
    expect(await found({ hasNote: true })).toEqual(["Baker"]);
    expect(await found({ hasNote: false })).toEqual(["Adams", "Clarke", "Diaz"]);
  });

  test("by what is late", async () => {
    const inSeconds = (seconds: number) => new Date(domain.ctx.now().getTime() + seconds * 1000);
    await change("Adams", { respondBy: inSeconds(-60) });
    await change("Baker", { respondBy: inSeconds(60) });
    await change("Clarke", {
      respondBy: inSeconds(-60),
      status: "REACHED_OUT",
      reachedOutAt: inSeconds(-120),
    });
    expect(await found({ late: true })).toEqual(["Adams"]);
    expect(await found({ late: false })).toEqual(["Baker", "Clarke", "Diaz"]);
  });

  test("by the day of the first contact", async () => {
    await change("Clarke", { status: "REACHED_OUT", reachedOutAt: new Date("2026-03-02T23:30:00Z") });
    await change("Diaz", { status: "REACHED_OUT", reachedOutAt: new Date("2026-03-03T00:00:00Z") });
    expect(await found({ reachedTo: "2026-03-02" })).toEqual(["Clarke"]);
    expect(await found({ reachedFrom: "2026-03-03" })).toEqual(["Diaz"]);
    expect(await found({ reachedFrom: "2026-03-02", reachedTo: "2026-03-03" })).toEqual(["Clarke", "Diaz"]);
    await change("Diaz", { status: "PENDING", reachedOutAt: null });
  });

  test("together", async () => {
    expect(await found({ assignee: "me", scan: "CLEAN", mail: "SENT", source: "FORM", late: true })).toEqual([
      "Adams",
    ]);
    expect(await found({ assignee: "me", mail: "FAILED" })).toEqual([]);
  });
});

describe("unread", () => {
  test("is what came after one's account and was not read, and what was marked so", async () => {
    expect(await found({ unread: true })).toEqual([...names]);
    expect(await found({ unread: true }, colleague)).toEqual([]);
    await read(staff, "Adams", true);
    await read(staff, "Baker", false);
    await read(colleague, "Clarke", false);
    expect(await found({ unread: true })).toEqual(["Baker", "Clarke", "Diaz"]);
    expect(await found({ unread: false })).toEqual(["Adams"]);
    expect(await found({ unread: true }, colleague)).toEqual(["Clarke"]);
    expect(await found({ unread: false }, colleague)).toEqual(["Adams", "Baker", "Diaz"]);
    const { items } = await list({ sort: "lastName", order: "asc" });
    expect(items.map((lead) => lead.isUnread)).toEqual([false, true, true, true]);
  });
});

test("what waits longest comes first, then what was reached", async () => {
  const at = (time: string) => new Date(`2026-03-02T${time}Z`);
  await change("Adams", { status: "PENDING", respondBy: at("18:00:00") });
  await change("Baker", { status: "PENDING", respondBy: at("12:00:00") });
  await change("Clarke", { status: "REACHED_OUT", respondBy: at("08:00:00") });
  // From before there was a promise: it counts from its arrival, shortly after half past nine.
  await change("Diaz", { status: "PENDING", respondBy: null });
  expect((await list({ sort: "respondBy", order: "asc" })).items.map((lead) => lead.lastName)).toEqual([
    ...["Diaz", "Baker", "Adams", "Clarke"],
  ]);
  expect(
    (await list({ sort: "respondBy", order: "asc", status: "PENDING", limit: 2 })).items.map(
      (lead) => lead.lastName,
    ),
  ).toEqual(["Diaz", "Baker"]);
});

describe("what an address may say", () => {
  test("flags come as words", () => {
    expect(listLeadsSchema.parse({ unread: "true", late: "false" })).toMatchObject({
      unread: true,
      late: false,
    });
  });

  test.each([
    { unread: "yes" },
    { late: 1 },
    { hasResume: "TRUE" },
    { assignee: "ruth" },
    { source: "form" },
    { scan: "clean" },
    { mail: "BOUNCED" },
    { sort: "resume" },
    { sort: "created_at; DROP TABLE leads" },
    { order: "up" },
    { reachedFrom: "yesterday" },
    { q: "x".repeat(201) },
    { limit: 0 },
    { extra: "1" },
  ])("%j is refused", (address) => {
    expect(listLeadsSchema.safeParse(address).success).toBe(false);
  });
});
