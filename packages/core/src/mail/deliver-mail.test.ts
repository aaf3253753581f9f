import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { deliverMail } from "./deliver-mail";
import { queueDueMails } from "./queue-due-mails";

let domain: TestDomain;
let mailId: string;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(async () => {
  const { receipt } = await submitLead(domain.ctx, await submission());
  const mail = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
    where: { leadId: receipt.id, kind: "LEAD_RECEIPT" },
  });
  mailId = mail.id;
  domain.jobs.length = 0;
  domain.mailer.answers.length = 0;
});

const row = () => domain.ctx.db.prisma.outboxMail.findUniqueOrThrow({ where: { id: mailId } });
const deliver = () => deliverMail(domain.ctx, { mailId });
const sentCount = () => domain.mailer.accepted.filter((mail) => mail.id === mailId).length;
const eventTypes = async () =>
  (
    await domain.ctx.db.prisma.auditEvent.findMany({ where: { data: { path: ["mailId"], equals: mailId } } })
  ).map((event) => event.type);

describe("deliverMail", () => {
  test("sends once and says so on the lead", async () => {
    await deliver();
    expect(await row()).toMatchObject({
      state: "SENT",
      attempts: 1,
      providerMessageId: `provider-${mailId}`,
      leaseUntil: null,
    });
    await deliver();
    expect(sentCount()).toBe(1);
    expect(await eventTypes()).toEqual(["mail.sent"]);
    const mail = domain.mailer.accepted.find((accepted) => accepted.id === mailId);
    expect(mail).toMatchObject({
      to: "minhkhai.nguyen@gmail.com",
      from: domain.ctx.mailFrom,
      tag: "lead-receipt",
    });
    expect(mail?.replyTo).toBeUndefined();
  });

  test("the team's mail answers to the prospect and counts earlier leads", async () => {
    const { leadId } = await row();
    const notice = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
      where: { leadId, kind: "LEAD_NOTICE" },
    });
    await deliverMail(domain.ctx, { mailId: notice.id });
    const mail = domain.mailer.accepted.find((accepted) => accepted.id === notice.id);
    expect(mail).toMatchObject({
      to: "team@calderrowe.example",
      replyTo: "minhkhai.nguyen@gmail.com",
      tag: "lead-notice",
    });
    expect(mail?.text).toContain(`http://localhost:3000/app/leads/${leadId}`);
  });

  test("eight workers at once send once", async () => {
    await Promise.all(Array.from({ length: 8 }, deliver));
    expect(sentCount()).toBe(1);
  });

  test("a passing failure is queued again, later, with a job, and the reason shows", async () => {
    domain.mailer.answers.push({ outcome: "retry", reason: "503 from the provider", retryAfterSeconds: 120 });
    await deliver();
    const waiting = await row();
    expect(waiting).toMatchObject({ state: "QUEUED", attempts: 1, lastError: "503 from the provider" });
    const delay = waiting.nextAttemptAt.getTime() - domain.ctx.now().getTime();
    expect(delay).toBeGreaterThanOrEqual(120_000);
    expect(domain.jobs).toEqual([
      { name: "mail.deliver", data: { mailId }, startAfter: waiting.nextAttemptAt },
    ]);
    await deliver();
    expect((await row()).attempts, "not before its time").toBe(1);
    domain.passSeconds(delay / 1000 + 1);
    await deliver();
    expect(await row()).toMatchObject({ state: "SENT", attempts: 2 });
  });

  test("after a week it is failed and visible", async () => {
    domain.passSeconds(7 * 24 * 60 * 60 + 1);
    domain.mailer.answers.push({ outcome: "retry", reason: "still away" });
    await deliver();
    expect(await row()).toMatchObject({ state: "FAILED", lastError: "still away" });
    expect(await eventTypes()).toEqual(["mail.failed"]);
  });

  test("a refused sender waits however old the mail is", async () => {
    domain.passSeconds(30 * 24 * 60 * 60);
    domain.mailer.answers.push({ outcome: "paused", reason: "401" });
    await deliver();
    expect(await row()).toMatchObject({ state: "QUEUED", lastError: "401" });
  });

  test.each([
    ["suppressed", "SUPPRESSED", "mail.suppressed"],
    ["rejected", "FAILED", "mail.failed"],
  ] as const)("%s is final (detail 4.28)", async (outcome, state, event) => {
    domain.mailer.answers.push({ outcome, reason: "inactive recipient" });
    await deliver();
    expect(await row()).toMatchObject({ state, lastError: "inactive recipient" });
    expect(await eventTypes()).toEqual([event]);
    domain.passSeconds(24 * 60 * 60);
    await deliver();
    expect((await row()).attempts).toBe(1);
  });

  test("a crash between sent and marked sends no second time when the provider knows the mail (detail 4.26)", async () => {
    domain.mailer.answers.push(async (mail) => {
      domain.mailer.accept(mail);
      throw new Error("the worker died here");
    });
    await expect(deliver()).rejects.toThrow("the worker died here");
    expect((await row()).state).toBe("SENDING");
    await deliver();
    expect(sentCount(), "the lease holds").toBe(1);
    domain.passSeconds(61);
    await deliver();
    expect(await row()).toMatchObject({ state: "SENT", attempts: 2 });
    expect(sentCount()).toBe(1);
  });

  test("a worker that lost its lease cannot settle the mail", async () => {
    domain.mailer.answers.push(async (mail) => {
      domain.passSeconds(61);
      await deliver();
      return domain.mailer.accept(mail);
    });
    await deliver();
    expect(await row()).toMatchObject({ state: "SENT", attempts: 2 });
    expect(await eventTypes()).toEqual(["mail.sent"]);
  });
});

describe("queueDueMails", () => {
  test("gives lost and abandoned mails a job again, and leaves the rest", async () => {
    await domain.ctx.db.prisma.outboxMail.updateMany({
      where: { id: { not: mailId } },
      data: { state: "SENT" },
    });
    expect(await queueDueMails(domain.ctx)).toBe(0);
    domain.passSeconds(31);
    expect(await queueDueMails(domain.ctx)).toBe(1);
    expect(domain.jobs).toEqual([{ name: "mail.deliver", data: { mailId } }]);
    await domain.ctx.db.prisma.outboxMail.update({
      where: { id: mailId },
      data: { state: "SENDING", leaseUntil: new Date(domain.ctx.now().getTime() - 1) },
    });
    expect(await queueDueMails(domain.ctx)).toBe(1);
  });
});
