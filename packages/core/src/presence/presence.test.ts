import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { submitLead } from "../leads/submit-lead";
import { markLeads } from "../reading-marks/mark-leads";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { claimLead } from "./claim-lead";
import { findCompany } from "./find-company";
import { releaseClaim } from "./release-claim";
import { leaveLead, stayAtLead } from "./stay-at-lead";

const nowhere = "0190aaaa-0000-7000-8000-000000000000";
let domain: TestDomain;
let ana: PersonContext;
let ben: PersonContext;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("ATTORNEY"));
  ben = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});

const told = (kind: string) =>
  domain.told.filter((change) => "leadId" in change && change.leadId === leadId && change.kind === kind)
    .length;
const events = (type: string) => domain.ctx.db.prisma.auditEvent.count({ where: { leadId, type } });

test("two people at one lead see each other and not themselves; only coming and going is told", async () => {
  expect(await stayAtLead(ana, { leadId })).toEqual({ people: [], claim: null });
  expect((await stayAtLead(ben, { leadId })).people).toMatchObject([
    { id: ana.actor.user.id, goneInSeconds: 45 },
  ]);
  domain.passSeconds(20);
  await stayAtLead(ben, { leadId });
  expect(told("presence")).toBe(2);
  await leaveLead(ben, { leadId });
  expect(told("presence")).toBe(3);
  expect((await findCompany(ana, { leadId })).people).toEqual([]);
});

test("who says nothing for 45 seconds is gone, and coming back is told again", async () => {
  await stayAtLead(ana, { leadId });
  domain.passSeconds(44);
  expect((await findCompany(ben, { leadId })).people).toHaveLength(1);
  domain.passSeconds(1);
  expect((await findCompany(ben, { leadId })).people).toEqual([]);
  await stayAtLead(ana, { leadId });
  expect(told("presence")).toBe(2);
});

test("of two claims at once one wins, and both hear whose it is", async () => {
  const [first, second] = await Promise.all([claimLead(ana, { leadId }), claimLead(ben, { leadId })]);
  expect(first.holder).toEqual(second.holder);
  expect([first.isYours, second.isYours].sort()).toEqual([false, true]);
  expect(await events("lead.claimed")).toBe(1);
});

test("a claim is held on to, ends by itself after 15 minutes, and then another may have it", async () => {
  await claimLead(ana, { leadId });
  domain.passSeconds(14 * 60);
  const { expiresAt } = await claimLead(ana, { leadId });
  expect(Date.parse(expiresAt) - domain.ctx.now().getTime()).toBe(15 * 60_000);
  expect(await events("lead.claimed")).toBe(1);
  domain.passSeconds(15 * 60);
  expect((await findCompany(ben, { leadId })).claim).toBeNull();
  expect((await claimLead(ben, { leadId })).isYours).toBe(true);
  expect(await events("lead.claimed")).toBe(2);
});

test("only the holder lets go, once", async () => {
  await claimLead(ana, { leadId });
  await releaseClaim(ben, { leadId });
  expect((await findCompany(ben, { leadId })).claim).toMatchObject({ isYours: false });
  await releaseClaim(ana, { leadId });
  await releaseClaim(ana, { leadId });
  expect((await findCompany(ben, { leadId })).claim).toBeNull();
  expect(await events("lead.released")).toBe(1);
});

test("there is nothing to hold, be at or read where there is no lead", async () => {
  await expect(claimLead(ana, { leadId: nowhere })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await stayAtLead(ana, { leadId: nowhere })).toEqual({ people: [], claim: null });
  await markLeads(ana, { leadIds: [nowhere], isRead: true });
  expect(await domain.ctx.db.prisma.leadRead.count({ where: { leadId: nowhere } })).toBe(0);
});

test("reading marks are each person's own and can be taken back", async () => {
  await markLeads(ana, { leadIds: [leadId, leadId], isRead: true });
  await markLeads(ana, { leadIds: [leadId], isRead: false });
  const marks = await domain.ctx.db.prisma.leadRead.findMany({ where: { leadId } });
  expect(marks).toMatchObject([{ userId: ana.actor.user.id, isRead: false }]);
});
