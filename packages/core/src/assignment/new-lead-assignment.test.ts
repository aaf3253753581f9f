import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { User } from "../auth/schema";
import { listLeadEvents } from "../leads/list-lead-events";
import { submitLead } from "../leads/submit-lead";
import { deliverMail } from "../mail/deliver-mail";
import { forgetOfficeRules } from "../office/read-office-rules";
import type { AssignmentMode } from "../office/schema";
import { deactivatePerson } from "../people/deactivate-person";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";

let domain: TestDomain;
let takers: User[];
beforeAll(async () => {
  domain = await createTestDomain();
  await domain.createUser("READ_ONLY");
  const roles = ["ADMIN", "ATTORNEY", "INTAKE"] as const;
  takers = await Promise.all(roles.map((role) => domain.createUser(role)));
});
afterAll(() => domain.close());
beforeEach(async () => {
  await domain.ctx.db.prisma.user.updateMany({
    data: { takesLeads: true, awayFrom: null, awayUntil: null, wantsOwnMail: true },
  });
  // Past the five minutes in which many leads share one mail.
  domain.passSeconds(600);
});

async function choose(assignmentMode: AssignmentMode) {
  await domain.ctx.db.prisma.officeSettings.update({ where: { id: 1 }, data: { assignmentMode } });
  forgetOfficeRules(domain.ctx);
}
async function change(person: User | undefined, data: object) {
  await domain.ctx.db.prisma.user.update({ where: { id: person?.id ?? "" }, data });
  forgetOfficeRules(domain.ctx);
}
async function submit() {
  const { receipt } = await submitLead(domain.ctx, await submission());
  return domain.ctx.db.prisma.lead.findUniqueOrThrow({ where: { id: receipt.id } });
}
async function submitMany(count: number) {
  const leads = await Promise.all(Array.from({ length: count }, submit));
  const each = takers.map((taker) => leads.filter((lead) => lead.assigneeId === taker.id).length);
  return { leads, each };
}
const assignedMails = (leadId: string) =>
  domain.ctx.db.prisma.outboxMail.findMany({ where: { leadId, kind: "LEAD_ASSIGNED" } });

test("by hand: a new lead is nobody's", async () => {
  await choose("MANUAL");
  expect(await submit()).toMatchObject({ assigneeId: null, assignedAt: null });
});

describe("in turn", () => {
  beforeEach(() => choose("ROUND_ROBIN"));

  test("twenty-one at once are seven for each of three, whoever may not change leads gets none", async () => {
    expect((await submitMany(21)).each).toEqual([7, 7, 7]);
  });

  test("the lead's history and a mail say whose it is", async () => {
    const lead = await submit();
    const assignee = takers.find((taker) => taker.id === lead.assigneeId);
    if (!assignee) throw new Error("The lead is nobody's");
    expect(lead).toMatchObject({ assignedAt: domain.ctx.now(), version: 1 });
    const events = await listLeadEvents(domain.asStaff(assignee), { leadId: lead.id });
    expect(events.find(({ type }) => type === "lead.assigned")).toMatchObject({
      actor: { type: "system" },
      assignee: { id: assignee.id, isYou: true },
    });
    const [mail] = await assignedMails(lead.id);
    expect(domain.jobs).toContainEqual({ name: "mail.deliver", data: { mailId: mail?.id } });
    await deliverMail(domain.ctx, { mailId: mail?.id ?? "" });
    expect(domain.mailer.accepted.at(-1)).toMatchObject({ to: assignee.email, tag: "lead-assigned" });
    expect(domain.mailer.accepted.at(-1)?.text).toContain("null");
  });

  test("no second mail for whoever hears of every lead, none for whoever wants none", async () => {
    const silent = await domain.ctx.db.prisma.user.updateMany({ data: { wantsOwnMail: false } });
    expect(silent.count).toBeGreaterThan(0);
    expect(await assignedMails((await submit()).id)).toEqual([]);
    await domain.ctx.db.prisma.user.updateMany({ data: { wantsOwnMail: true } });
    const everybody = { ...domain.ctx.settings, leadNotify: null };
    const { receipt } = await submitLead({ ...domain.ctx, settings: everybody }, await submission());
    expect(await assignedMails(receipt.id)).toEqual([]);
  });

  test("somebody away, or who takes no leads, is left out until they are back", async () => {
    const today = domain.ctx.now().toISOString().slice(0, 10);
    await change(takers[0], { awayFrom: new Date(today), awayUntil: new Date(today) });
    await change(takers[1], { takesLeads: false });
    expect((await submitMany(4)).each).toEqual([0, 0, 4]);
    await change(takers[1], { takesLeads: true });
    domain.passSeconds(24 * 60 * 60);
    expect((await submitMany(6)).each).toEqual([2, 2, 2]);
  });

  test("when nobody takes leads they are nobody's", async () => {
    await domain.ctx.db.prisma.user.updateMany({ data: { takesLeads: false } });
    forgetOfficeRules(domain.ctx);
    expect(await submit()).toMatchObject({ assigneeId: null, assignedAt: null });
  });
});

describe("to whoever has the fewest waiting", () => {
  beforeEach(async () => {
    await choose("LEAST_LOADED");
    await domain.ctx.db.prisma.lead.updateMany({ data: { status: "REACHED_OUT" } });
  });

  test("a difference is made up for first, then they take turns", async () => {
    const own = async (taker: User | undefined, count: number) => {
      for (let index = 0; index < count; index += 1)
        await domain.ctx.db.prisma.lead.update({
          where: { id: (await submit()).id },
          data: { assigneeId: taker?.id ?? null },
        });
    };
    await own(takers[0], 3);
    await own(takers[1], 1);
    const chosen = [];
    for (let index = 0; index < 5; index += 1) chosen.push((await submit()).assigneeId);
    const [first, second, third] = takers.map(({ id }) => id);
    expect(chosen.filter((id) => id === third)).toHaveLength(3);
    expect(chosen.filter((id) => id === second)).toHaveLength(2);
    expect(chosen).not.toContain(first);
  });

  test("with equally few, everybody gets some", async () => {
    const chosen = [];
    for (let index = 0; index < 6; index += 1) chosen.push((await submit()).assigneeId);
    for (const { id } of takers) expect(chosen.filter((each) => each === id)).toHaveLength(2);
  });
});

test("somebody who left a moment ago may still get one, but no mail", async () => {
  await choose("ROUND_ROBIN");
  await submit();
  const [admin, ...others] = takers;
  if (!admin) throw new Error("There is no admin");
  for (const { id } of others) await deactivatePerson(domain.asStaff(admin), { userId: id });
  const { leads, each } = await submitMany(3);
  expect(each).toEqual([1, 1, 1]);
  const mails = await Promise.all(leads.map(({ id }) => assignedMails(id)));
  expect(mails.flat().map(({ toAddress }) => toAddress)).toEqual([admin.email]);
});
