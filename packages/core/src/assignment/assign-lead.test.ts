import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { getLead } from "../leads/get-lead";
import { listLeadEvents } from "../leads/list-lead-events";
import { submitLead } from "../leads/submit-lead";
import { deliverMail } from "../mail/deliver-mail";
import { deactivatePerson } from "../people/deactivate-person";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { assignLead } from "./assign-lead";
import { listColleagues } from "./list-colleagues";
import { isAway } from "./policy";

let domain: TestDomain;
let ana: PersonContext;
let jonas: PersonContext;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("ATTORNEY"));
  jonas = domain.asStaff(await domain.createUser("INTAKE"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});
const idOf = (ctx: PersonContext) => ctx.actor.user.id;
const assignments = async () =>
  (await listLeadEvents(ana, { leadId })).filter(({ type }) => type === "lead.assigned");
const mails = () => domain.ctx.db.prisma.outboxMail.findMany({ where: { leadId, kind: "LEAD_ASSIGNED" } });

test("to a colleague: the lead, its history and one mail say so; the same again changes nothing", async () => {
  const lead = await assignLead(ana, { leadId, assigneeId: idOf(jonas) });
  expect(lead).toMatchObject({ version: 2, assignee: { id: idOf(jonas) } });
  expect(lead).toEqual(await getLead(domain.ctx, leadId));
  expect(await assignLead(ana, { leadId, assigneeId: idOf(jonas) })).toEqual(lead);
  expect(await assignments()).toMatchObject([
    { actor: { isYou: true }, assignee: { id: idOf(jonas), isYou: false } },
  ]);
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  await deliverMail(domain.ctx, { mailId: mail?.id ?? "" });
  expect(domain.mailer.accepted.at(-1)).toMatchObject({ to: jonas.actor.user.email, tag: "lead-assigned" });
  expect(domain.told).toContainEqual({ leadId, kind: "changed" });
});

test("to oneself, and back to nobody: no mail", async () => {
  await assignLead(ana, { leadId, assigneeId: idOf(ana) });
  domain.passSeconds(1);
  expect((await assignLead(ana, { leadId, assigneeId: null })).assignee).toBeNull();
  expect(await mails()).toEqual([]);
  expect((await assignments()).map(({ assignee }) => assignee?.id ?? null)).toEqual([null, idOf(ana)]);
});

test("a mail about an assignment that has passed on by then is not sent", async () => {
  await assignLead(ana, { leadId, assigneeId: idOf(jonas) });
  await assignLead(ana, { leadId, assigneeId: null });
  const [mail] = await mails();
  await deliverMail(domain.ctx, { mailId: mail?.id ?? "" });
  expect(domain.mailer.accepted.some(({ id }) => id === mail?.id)).toBe(false);
});

test("two people at once: one wins, the other is told who it is now", async () => {
  const results = await Promise.allSettled([
    assignLead(ana, { leadId, assigneeId: idOf(ana), formerId: null }),
    assignLead(jonas, { leadId, assigneeId: idOf(jonas), formerId: null }),
  ]);
  const current = await getLead(domain.ctx, leadId);
  const lost = results.filter((result) => result.status === "rejected").map(({ reason }) => reason);
  expect(lost).toMatchObject([{ code: "CONFLICT", current: { assignee: current.assignee } }]);
  expect(await assignments()).toHaveLength(1);
});

test("nobody who left or may not change leads", async () => {
  const reader = await domain.createUser("READ_ONLY");
  const gone = await domain.createUser("ATTORNEY");
  await domain.ctx.db.prisma.user.update({ where: { id: gone.id }, data: { disabledAt: domain.ctx.now() } });
  for (const assigneeId of [reader.id, gone.id, "0190aaaa-0000-7000-8000-000000000000"])
    await expect(assignLead(ana, { leadId, assigneeId })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      errors: [{ path: "assigneeId" }],
    });
  expect((await getLead(domain.ctx, leadId)).version).toBe(1);
});

test("who leaves keeps their leads by name until somebody takes them", async () => {
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  const leaving = await domain.createUser("ATTORNEY");
  await assignLead(ana, { leadId, assigneeId: leaving.id });
  await deactivatePerson(admin, { userId: leaving.id });
  expect((await getLead(domain.ctx, leadId)).assignee).toEqual({
    ...{ id: leaving.id, name: leaving.name, hasLeft: true },
  });
  expect((await listColleagues(ana)).map(({ id }) => id)).not.toContain(leaving.id);
  const taken = await assignLead(ana, { leadId, assigneeId: idOf(ana), formerId: leaving.id });
  expect(taken.assignee?.id).toBe(idOf(ana));
});

test("colleagues say who is away, by their own calendar", async () => {
  const away = await domain.createUser("ATTORNEY");
  const days = { awayFrom: new Date("2026-03-01"), awayUntil: new Date("2026-03-02") };
  await domain.ctx.db.prisma.user.update({ where: { id: away.id }, data: days });
  const find = async () => (await listColleagues(ana)).find(({ id }) => id === away.id)?.awayUntil;
  expect(await find()).toBe("2026-03-02");
  domain.passSeconds(24 * 60 * 60);
  expect(await find()).toBeNull();
});

test.each([
  ["2026-03-01T10:59:00Z", "Pacific/Auckland", false],
  ["2026-03-01T11:00:00Z", "Pacific/Auckland", true],
  ["2026-03-02T10:59:00Z", "Pacific/Auckland", true],
  ["2026-03-02T11:00:00Z", "Pacific/Auckland", false],
  ["2026-03-02T11:00:00Z", "Europe/London", true],
])("at %s somebody in %s who is away on 2 March only: %s", (at, timeZone, expected) => {
  const days = { awayFrom: "2026-03-02", awayUntil: "2026-03-02" };
  expect(isAway({ timeZone, ...days }, new Date(at))).toBe(expected);
  expect(isAway({ timeZone, awayFrom: null, awayUntil: null }, new Date(at))).toBe(false);
});
