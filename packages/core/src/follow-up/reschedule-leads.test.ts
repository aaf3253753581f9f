import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { forgetOfficeRules } from "../office/read-office-rules";
import { submission } from "../testing/lead-input";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { followUpLeads } from "./follow-up-leads";
import { rescheduleLeads } from "./reschedule-leads";

let domain: TestDomain;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  await domain.createUser("ADMIN");
});
afterAll(() => domain.close());
beforeEach(async () => {
  await setTarget(300);
  domain.passSeconds((Date.parse("2026-03-02T09:30:00Z") - domain.ctx.now().getTime()) / 1000);
  await domain.ctx.db.prisma.lead.updateMany({ data: { followUpAt: null, respondBy: null } });
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});

async function setTarget(responseTargetMinutes: number) {
  await domain.ctx.db.prisma.officeSettings.updateMany({ data: { responseTargetMinutes } });
  forgetOfficeRules(domain.ctx);
}
const reschedule = () => rescheduleLeads(domain.ctx, { afterId: null });
const lead = () => domain.ctx.db.prisma.lead.findUniqueOrThrow({ where: { id: leadId } });
const moments = async () => {
  const { respondBy, followUpAt } = await lead();
  return [respondBy?.toISOString().slice(11, 16), followUpAt?.toISOString().slice(11, 16)];
};

test("a lead that waits gets the new promise, counted from its arrival, without a new version", async () => {
  expect(await moments()).toEqual(["14:30", "12:00"]);
  await setTarget(60);
  await reschedule();
  expect(await moments()).toEqual(["10:30", "10:00"]);
  expect((await lead()).version).toBe(1);
  expect(domain.told).toContainEqual({ kind: "many" });
});

test("what was reminded of or escalated is not so again", async () => {
  domain.passSeconds(2.5 * 60 * 60);
  expect(await followUpLeads(domain.ctx)).toBe(1);
  await setTarget(400);
  await reschedule();
  expect(await moments()).toEqual(["16:10", "16:10"]);
  domain.passSeconds(5 * 60 * 60);
  expect(await followUpLeads(domain.ctx)).toBe(1);
  await setTarget(420);
  await reschedule();
  expect(await moments()).toEqual(["16:30", undefined]);
});

test("answered leads keep the promise that was theirs, leads without one get none", async () => {
  await domain.ctx.db.prisma.lead.update({ where: { id: leadId }, data: { status: "REACHED_OUT" } });
  await setTarget(60);
  await reschedule();
  expect(await moments()).toEqual(["14:30", "12:00"]);
  await domain.ctx.db.prisma.lead.update({
    where: { id: leadId },
    data: { status: "PENDING", respondBy: null, followUpAt: null },
  });
  await reschedule();
  expect(await moments()).toEqual([undefined, undefined]);
});

test("two thousand in a row, and a run goes on where the one before ended", async () => {
  await giveManyLeads(domain.ctx.db, 2000);
  const many = { resumePath: { startsWith: "many/" }, status: "PENDING" } as const;
  const old = new Date("2030-01-01T00:00:00Z");
  const { count } = await domain.ctx.db.prisma.lead.updateMany({
    where: many,
    data: { respondBy: old, followUpAt: old },
  });
  const [middle] = await domain.ctx.db.prisma.lead.findMany({
    where: many,
    orderBy: { id: "asc" },
    skip: 700,
    take: 1,
  });
  const waiting = () => domain.ctx.db.prisma.lead.count({ where: { ...many, respondBy: old } });
  await rescheduleLeads(domain.ctx, { afterId: middle?.id ?? null });
  expect(await waiting()).toBe(701);
  await reschedule();
  expect(await waiting()).toBe(0);
  expect(count).toBe(1334);
});
