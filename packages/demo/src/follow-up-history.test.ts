import { submitLead } from "@intake/core/leads/submit-lead";
import { submission } from "@intake/core/testing/lead-input";
import { createTestDomain } from "@intake/core/testing/test-context";
import { expect, test } from "vitest";
import { followUpAsThen } from "./follow-up-history";

test("who still waits was reminded of and escalated at the time, and no mail about it leaves now", async () => {
  const domain = await createTestDomain();
  const { prisma } = domain.ctx.db;
  await domain.createUser("ADMIN");
  await submitLead(domain.ctx, await submission());
  domain.passSeconds(2 * 24 * 60 * 60);
  await submitLead(domain.ctx, await submission());
  domain.passSeconds(3 * 60 * 60);
  domain.jobs.length = 0;
  await followUpAsThen(domain.ctx);
  const at = (moment: string) => new Date(moment);
  expect(await prisma.lead.findMany({ orderBy: { createdAt: "asc" } })).toMatchObject([
    { remindedAt: at("2026-03-02T12:00:00Z"), escalatedAt: at("2026-03-02T14:30:00Z"), followUpAt: null },
    { remindedAt: at("2026-03-04T12:00:00Z"), escalatedAt: null, followUpAt: at("2026-03-04T14:30:00Z") },
  ]);
  const kinds = { in: ["LEAD_REMINDER" as const, "LEAD_ESCALATION" as const] };
  const mails = await prisma.outboxMail.findMany({ where: { kind: kinds }, orderBy: { createdAt: "asc" } });
  expect(mails.map(({ state, sentAt }) => [state, sentAt])).toEqual([
    ["SENT", at("2026-03-02T12:00:04Z")],
    ["SENT", at("2026-03-02T14:30:04Z")],
    ["SENT", at("2026-03-04T12:00:04Z")],
  ]);
  expect(domain.jobs).toEqual([]);
  await domain.close();
});
