import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { User } from "../auth/schema";
import { submitLead } from "../leads/submit-lead";
import { deliverMail } from "../mail/deliver-mail";
import { forgetOfficeRules } from "../office/read-office-rules";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { queueDailyDigests } from "./queue-daily-digests";

let domain: TestDomain;
let ana: User;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = await domain.createUser("ATTORNEY");
  await domain.createUser("ATTORNEY");
});
afterAll(() => domain.close());
beforeEach(() => change({ wantsDailyDigest: true, timeZone: "Europe/London", dailyDigestOn: null }));

const change = (data: object) => domain.ctx.db.prisma.user.update({ where: { id: ana.id }, data });
function goTo(moment: string) {
  domain.passSeconds((Date.parse(moment) - domain.ctx.now().getTime()) / 1000);
}
async function queuedAt(moment: string) {
  goTo(moment);
  return queueDailyDigests(domain.ctx);
}
async function deliverLast() {
  const where = { userId: ana.id, kind: "DAILY_DIGEST" } as const;
  const { id } = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
    where,
    orderBy: { createdAt: "desc" },
  });
  await deliverMail(domain.ctx, { mailId: id });
  return domain.ctx.db.prisma.outboxMail.findUniqueOrThrow({ where: { id } });
}

test("once a day in the morning, to whoever wants it, also when two workers ask at once", async () => {
  expect(await queuedAt("2026-03-02T07:59:00Z")).toBe(0);
  goTo("2026-03-02T08:00:00Z");
  const queued = await Promise.all([1, 2, 3, 4].map(() => queueDailyDigests(domain.ctx)));
  expect(queued.sort()).toEqual([0, 0, 0, 1]);
  expect(domain.jobs).toHaveLength(1);
  expect(await queuedAt("2026-03-02T11:45:00Z")).toBe(0);
  expect(await queuedAt("2026-03-03T08:15:00Z")).toBe(1);
});

test("not after the morning: it would be no start of the day", async () => {
  expect(await queuedAt("2026-03-04T12:00:00Z")).toBe(0);
  expect(await queuedAt("2026-03-05T11:59:00Z")).toBe(1);
});

test("the morning is their own, on both sides of the clocks' change", async () => {
  await change({ timeZone: "America/New_York" });
  expect(await queuedAt("2026-03-06T12:59:00Z")).toBe(0);
  expect(await queuedAt("2026-03-06T13:00:00Z")).toBe(1);
  // Summer time began on 8 March.
  expect(await queuedAt("2026-03-09T11:59:00Z")).toBe(0);
  expect(await queuedAt("2026-03-09T12:00:00Z")).toBe(1);
});

test("not on weekends, holidays, or while they are away", async () => {
  await domain.ctx.db.prisma.holiday.create({ data: { day: new Date("2026-03-16"), name: "Office day" } });
  forgetOfficeRules(domain.ctx);
  expect(await queuedAt("2026-03-14T09:00:00Z")).toBe(0);
  expect(await queuedAt("2026-03-16T09:00:00Z")).toBe(0);
  await change({ awayFrom: new Date("2026-03-17"), awayUntil: new Date("2026-03-17") });
  expect(await queuedAt("2026-03-17T09:00:00Z")).toBe(0);
  expect(await queuedAt("2026-03-18T09:00:00Z")).toBe(1);
});

test("it says what is new, theirs and late, since the digest before; also that nothing is", async () => {
  await queuedAt("2026-03-19T08:00:00Z");
  expect(await deliverLast()).toMatchObject({ state: "SENT", toAddress: ana.email, leadId: null });
  expect(domain.mailer.accepted.at(-1)).toMatchObject({
    tag: "daily-digest",
    text: "new 0:\nyours 0:\nlate 0:",
  });

  const lead = async (lastName: string, data: object) => {
    const { receipt } = await submitLead(domain.ctx, await submission({ lastName }));
    await domain.ctx.db.prisma.lead.update({ where: { id: receipt.id }, data });
  };
  goTo("2026-03-19T16:00:00Z");
  await lead("Adams", { assigneeId: ana.id });
  await lead("Baker", { respondBy: new Date("2026-03-19T11:00:00Z") });
  await lead("Clarke", { status: "REACHED_OUT", assigneeId: ana.id });
  await queuedAt("2026-03-20T08:00:00Z");
  await deliverLast();
  expect(domain.mailer.accepted.at(-1)?.text).toBe(
    "new 3: Clarke Baker Adams\nyours 1: Adams\nlate 1: Baker",
  );
  expect(await queuedAt("2026-03-23T08:00:00Z")).toBe(1);
  await deliverLast();
  expect(domain.mailer.accepted.at(-1)?.text).toBe("new 0:\nyours 1: Adams\nlate 2: Baker Adams");
});

test("not to somebody who left or changed their mind before it was sent", async () => {
  await queuedAt("2026-03-24T08:00:00Z");
  await change({ wantsDailyDigest: false });
  expect(await deliverLast()).toMatchObject({ state: "SUPPRESSED", lastError: "no longer needed" });
  expect(await queuedAt("2026-03-25T08:00:00Z")).toBe(0);
  await change({ wantsDailyDigest: true, disabledAt: domain.ctx.now() });
  expect(await queueDailyDigests(domain.ctx)).toBe(0);
});
