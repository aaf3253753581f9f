import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { submitLead } from "../leads/submit-lead";
import { updateLeadStatus } from "../leads/update-lead-status";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { findAttention } from "./find-attention";

let domain: TestDomain;
let ruth: PersonContext;
beforeEach(async () => {
  domain = await createTestDomain();
  ruth = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterEach(() => domain.close());

async function arrive(firstName: string): Promise<string> {
  domain.passSeconds(60);
  return (await submitLead(domain.ctx, await submission({ firstName }))).receipt.id;
}

const leadData = (leadId: string) => ({ where: { id: leadId } });

test("a quiet office asks for nothing", async () => {
  expect(await findAttention(ruth)).toMatchObject({
    pastTarget: { total: 0, isExact: true, worst: null },
    newLeads: { total: 0, unassigned: 0 },
    undelivered: { total: 0, newest: null },
  });
});

test("past the target are pending leads whose time is up; the one that waits longest is named", async () => {
  const { prisma } = domain.ctx.db;
  const [first, second, third] = [await arrive("Ana"), await arrive("Bo"), await arrive("Cy")];
  // 09:33 on a Monday: hours are 9:00 to 17:30.
  const respondBy = (minutesAgo: number) => new Date(domain.ctx.now().getTime() - minutesAgo * 60_000);
  await prisma.lead.update({ ...leadData(first), data: { respondBy: respondBy(1) } });
  await prisma.lead.update({ ...leadData(second), data: { respondBy: respondBy(25) } });
  await prisma.lead.update({ ...leadData(third), data: { respondBy: respondBy(0) } });
  expect((await findAttention(ruth)).pastTarget).toEqual({
    ...{ total: 2, isExact: true },
    worst: { id: second, firstName: "Bo", lastName: "Nguyễn Thị", lateMinutes: 25 },
  });
  await updateLeadStatus(ruth, { leadId: second, status: "REACHED_OUT" });
  expect((await findAttention(ruth)).pastTarget).toMatchObject({
    total: 1,
    worst: { id: first, lateMinutes: 1 },
  });
});

test("new is what came since the person looked, or since they are here", async () => {
  const first = await arrive("Ana");
  await arrive("Bo");
  const { prisma } = domain.ctx.db;
  await prisma.lead.update({ ...leadData(first), data: { assigneeId: ruth.actor.user.id } });
  expect((await findAttention(ruth)).newLeads).toMatchObject({ total: 2, unassigned: 1 });
  const lookedAt = domain.ctx.now();
  await prisma.user.update({ where: { id: ruth.actor.user.id }, data: { lookedAt } });
  expect((await findAttention(ruth)).newLeads).toEqual({
    ...{ total: 0, unassigned: 0, isExact: true, since: lookedAt.toISOString() },
  });
  await arrive("Cy");
  expect((await findAttention(ruth)).newLeads).toMatchObject({ total: 1, unassigned: 1 });
});

test("receipts that did not arrive, of leads that still wait; mails to the team are another matter", async () => {
  const { prisma } = domain.ctx.db;
  const [first, second] = [await arrive("Ana"), await arrive("Bo")];
  const settle = (leadId: string, data: { state: "SUPPRESSED" | "FAILED" | "SENT"; lastError?: string }) =>
    prisma.outboxMail.updateMany({ where: { leadId, kind: "LEAD_RECEIPT" }, data });
  await settle(first, { state: "SUPPRESSED", lastError: "inactive recipient" });
  await settle(second, { state: "SENT" });
  await prisma.outboxMail.updateMany({
    where: { leadId: second, kind: "LEAD_NOTICE" },
    data: { state: "FAILED" },
  });
  expect((await findAttention(ruth)).undelivered).toEqual({
    ...{ total: 1, isExact: true },
    newest: {
      id: first,
      firstName: "Ana",
      lastName: "Nguyễn Thị",
      state: "SUPPRESSED",
      reason: "inactive recipient",
    },
  });
  await updateLeadStatus(ruth, { leadId: first, status: "REACHED_OUT" });
  expect((await findAttention(ruth)).undelivered).toMatchObject({ total: 0, newest: null });
});

test("more than a thousand are a thousand and more", async () => {
  const at = domain.ctx.now();
  await domain.ctx.db.prisma.lead.createMany({
    data: Array.from({ length: 1001 }, () => {
      const id = uuidv7();
      return {
        ...{ id, reference: id, firstName: "Zoë", lastName: "Lindqvist", resumePath: id, respondBy: at },
        ...{
          email: "zoe@example.com",
          emailKey: "zoe@example.com",
          createdAt: new Date(at.getTime() + 1),
          updatedAt: at,
        },
      };
    }),
  });
  domain.passSeconds(1);
  const { pastTarget, newLeads } = await findAttention(ruth);
  expect(pastTarget).toMatchObject({ total: 1000, isExact: false });
  expect(newLeads).toMatchObject({ total: 1000, isExact: false, unassigned: 1000 });
});
