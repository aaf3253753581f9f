import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignLead } from "../assignment/assign-lead";
import type { PersonContext } from "../context";
import { submitLead } from "../leads/submit-lead";
import { updateLeadStatus } from "../leads/update-lead-status";
import { deliverMail } from "../mail/deliver-mail";
import { forgetOfficeRules } from "../office/read-office-rules";
import { submission } from "../testing/lead-input";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { followUpLeads } from "./follow-up-leads";

let domain: TestDomain;
let admin: PersonContext;
let jonas: PersonContext;
const team = "team@calderrowe.example";
beforeAll(async () => {
  domain = await createTestDomain();
  admin = domain.asStaff(await domain.createUser("ADMIN"));
  jonas = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  await domain.ctx.db.prisma.lead.updateMany({ data: { followUpAt: null } });
  await domain.ctx.db.prisma.user.updateMany({
    data: { disabledAt: null, awayFrom: null, awayUntil: null, wantsOwnMail: true },
  });
});

/** The office works Monday to Friday, 09:00 to 17:30 in London, and wants to have answered after five hours of that. */
function goTo(moment: string) {
  domain.passSeconds((Date.parse(moment) - domain.ctx.now().getTime()) / 1000);
}
async function submitAt(moment: string): Promise<string> {
  goTo(moment);
  return (await submitLead(domain.ctx, await submission())).receipt.id;
}
async function runAt(moment: string) {
  goTo(moment);
  return followUpLeads(domain.ctx);
}
const leadOf = (id: string) => domain.ctx.db.prisma.lead.findUniqueOrThrow({ where: { id } });
async function mailsOf(leadId: string) {
  const mails = await domain.ctx.db.prisma.outboxMail.findMany({
    where: { leadId, kind: { in: ["LEAD_REMINDER", "LEAD_ESCALATION"] } },
    orderBy: [{ createdAt: "asc" }, { toAddress: "asc" }],
  });
  return mails.map(({ kind, toAddress }) => `${kind} ${toAddress}`);
}
async function eventsOf(leadId: string) {
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { leadId, type: { in: ["lead.reminded", "lead.escalated"] } },
    orderBy: { createdAt: "asc" },
  });
  return events.map(({ type, data }) => [type, data]);
}

test("nobody's lead: the team hears at half the time, the admins when it is over, each once", async () => {
  const id = await submitAt("2026-03-02T09:30:00Z");
  expect(await runAt("2026-03-02T11:59:59Z")).toBe(0);
  expect(await runAt("2026-03-02T12:00:00Z")).toBe(1);
  expect(await mailsOf(id)).toEqual([`LEAD_REMINDER ${team}`]);
  expect(await leadOf(id)).toMatchObject({ remindedAt: domain.ctx.now(), escalatedAt: null, version: 1 });
  expect(await runAt("2026-03-02T14:29:59Z")).toBe(0);
  expect(await runAt("2026-03-02T14:30:00Z")).toBe(1);
  expect(await mailsOf(id)).toEqual([`LEAD_REMINDER ${team}`, `LEAD_ESCALATION ${admin.actor.user.email}`]);
  expect(await leadOf(id)).toMatchObject({ escalatedAt: domain.ctx.now(), followUpAt: null, version: 1 });
  expect(await eventsOf(id)).toEqual([
    ["lead.reminded", { mails: 1 }],
    ["lead.escalated", { mails: 1 }],
  ]);
  expect(await runAt("2026-03-09T12:00:00Z")).toBe(0);
  expect(domain.told).toContainEqual({ leadId: id, kind: "mail" });
});

test("somebody's lead: they hear first, and with the admins", async () => {
  const id = await submitAt("2026-03-10T09:30:00Z");
  await assignLead(admin, { leadId: id, assigneeId: jonas.actor.user.id });
  await runAt("2026-03-10T12:00:00Z");
  await runAt("2026-03-10T14:30:00Z");
  const { email } = jonas.actor.user;
  expect(await mailsOf(id)).toEqual([
    `LEAD_REMINDER ${email}`,
    ...[`LEAD_ESCALATION ${admin.actor.user.email}`, `LEAD_ESCALATION ${email}`].sort(),
  ]);
});

test("no reminder when it is too late for one", async () => {
  const id = await submitAt("2026-03-11T09:30:00Z");
  await runAt("2026-03-11T15:00:00Z");
  expect(await eventsOf(id)).toEqual([["lead.escalated", { mails: 1 }]]);
});

describe("only in the office's hours", () => {
  test("what came in the night is reminded of in the next day's middle", async () => {
    const id = await submitAt("2026-03-12T23:00:00Z");
    expect(await leadOf(id)).toMatchObject({
      followUpAt: new Date("2026-03-13T11:30:00Z"),
      respondBy: new Date("2026-03-13T14:00:00Z"),
    });
  });

  test("what fell due while nobody looked waits until the office opens", async () => {
    const id = await submitAt("2026-03-16T14:00:00Z");
    expect(await runAt("2026-03-16T17:32:01Z")).toBe(0);
    expect(await runAt("2026-03-17T08:59:59Z")).toBe(0);
    expect(await runAt("2026-03-17T09:00:00Z")).toBe(1);
    expect(await eventsOf(id)).toEqual([["lead.reminded", { mails: 1 }]]);
  });

  test("what falls due when the office closes is told then", async () => {
    const id = await submitAt("2026-03-18T12:30:00Z");
    expect((await leadOf(id)).respondBy).toEqual(new Date("2026-03-18T17:30:00Z"));
    await runAt("2026-03-18T17:30:30Z");
    expect(await eventsOf(id)).toEqual([["lead.escalated", { mails: 1 }]]);
  });

  test("neither a weekend, nor a holiday, nor the change of the clocks counts", async () => {
    await domain.ctx.db.prisma.holiday.create({ data: { day: new Date("2026-03-30"), name: "Office day" } });
    forgetOfficeRules(domain.ctx);
    const id = await submitAt("2026-03-27T16:30:00Z");
    expect(await runAt("2026-03-30T12:00:00Z")).toBe(0);
    // An hour on Friday; British summer time has begun on Tuesday.
    expect(await runAt("2026-03-31T09:29:00Z")).toBe(0);
    expect(await runAt("2026-03-31T09:30:00Z")).toBe(1);
    expect((await leadOf(id)).respondBy).toEqual(new Date("2026-03-31T12:00:00Z"));
  });
});

test("an answer ends it, and a lead that is set back goes on where it was", async () => {
  const id = await submitAt("2026-04-01T08:30:00Z");
  await updateLeadStatus(jonas, { leadId: id, status: "REACHED_OUT" });
  expect(await runAt("2026-04-01T11:30:00Z")).toBe(0);
  await updateLeadStatus(jonas, { leadId: id, status: "PENDING", note: "It was the wrong number." });
  expect(await followUpLeads(domain.ctx)).toBe(1);
  expect(await eventsOf(id)).toEqual([["lead.reminded", { mails: 1 }]]);
  await updateLeadStatus(jonas, { leadId: id, status: "REACHED_OUT", channel: "PHONE" });
  expect(await runAt("2026-04-01T15:00:00Z")).toBe(0);
  await updateLeadStatus(jonas, { leadId: id, status: "PENDING", note: "Again." });
  expect(await runAt("2026-04-02T09:00:00Z")).toBe(1);
  expect((await eventsOf(id)).map(([type]) => type)).toEqual(["lead.reminded", "lead.escalated"]);
});

test("a mail that is no longer true, or for somebody who left, does not leave", async () => {
  const [first, second] = [await submitAt("2026-04-07T08:30:00Z"), await submitAt("2026-04-07T08:31:00Z")];
  for (const leadId of [first, second]) await assignLead(admin, { leadId, assigneeId: jonas.actor.user.id });
  await runAt("2026-04-07T11:01:00Z");
  await updateLeadStatus(admin, { leadId: first, status: "REACHED_OUT" });
  const deliverReminder = async (leadId: string) => {
    const where = { leadId, kind: "LEAD_REMINDER" } as const;
    const { id } = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({ where });
    await deliverMail(domain.ctx, { mailId: id });
    return domain.ctx.db.prisma.outboxMail.findUniqueOrThrow({ where: { id } });
  };
  expect(await deliverReminder(first)).toMatchObject({ state: "SUPPRESSED", lastError: "no longer needed" });
  const disabledAt = domain.ctx.now();
  await domain.ctx.db.prisma.user.update({ where: { id: jonas.actor.user.id }, data: { disabledAt } });
  expect(await deliverReminder(second)).toMatchObject({ state: "SUPPRESSED" });
  await domain.ctx.db.prisma.user.update({ where: { id: jonas.actor.user.id }, data: { disabledAt: null } });
  await domain.ctx.db.prisma.outboxMail.updateMany({
    where: { leadId: second, kind: "LEAD_REMINDER" },
    data: { state: "QUEUED" },
  });
  expect(await deliverReminder(second)).toMatchObject({ state: "SENT" });
  expect(domain.mailer.accepted.at(-1)).toMatchObject({ to: jonas.actor.user.email, tag: "lead-reminder" });
});

test("three workers at once: 450 leads, each reminded of once, all in one mail", async () => {
  goTo("2026-04-13T11:00:00Z");
  const { prisma } = domain.ctx.db;
  await giveManyLeads(domain.ctx.db, 675);
  const due = { followUpAt: domain.ctx.now(), respondBy: new Date("2026-04-13T14:00:00Z") };
  const { count } = await prisma.lead.updateMany({
    where: { resumePath: { startsWith: "many/" } },
    data: due,
  });
  expect(count).toBe(675);
  const done = await Promise.all([1, 2, 3].map(() => followUpLeads(domain.ctx)));
  expect(done.reduce((sum, each) => sum + each)).toBe(450);
  const since = { createdAt: domain.ctx.now() };
  const events = await prisma.auditEvent.findMany({ where: { type: "lead.reminded", ...since } });
  expect(new Set(events.map(({ leadId }) => leadId)).size).toBe(450);
  expect(events).toHaveLength(450);
  const digests = await prisma.outboxMail.findMany({ where: { kind: "LEAD_DIGEST", ...since } });
  expect(digests).toHaveLength(1);
  const reminders = { kind: "LEAD_REMINDER", ...since } as const;
  expect(await prisma.outboxMail.count({ where: { ...reminders, digestId: digests[0]?.id ?? null } })).toBe(
    450,
  );

  domain.passSeconds(60);
  await deliverMail(domain.ctx, { mailId: digests[0]?.id ?? "" });
  expect(domain.mailer.accepted.at(-1)).toMatchObject({ to: team, tag: "lead-digest" });
  expect(domain.mailer.accepted.at(-1)?.text).toMatch(/^waiting 450:( Ünal \d+){10}$/);
  expect(await prisma.outboxMail.count({ where: { ...reminders, state: "SENT" } })).toBe(450);
});
