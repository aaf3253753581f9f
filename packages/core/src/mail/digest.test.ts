import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { forgetOfficeRules } from "../office/read-office-rules";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { deliverMail } from "./deliver-mail";
import { queueDueMails } from "./queue-due-mails";

let domain: TestDomain;
const team = "team@calderrowe.example";
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(() => {
  domain.passSeconds(60 * 60);
  domain.mailer.accepted.length = 0;
  domain.jobs.length = 0;
});

let writers = 0;
async function submit() {
  writers += 1;
  const { receipt } = await submitLead(domain.ctx, await submission({ lastName: `Writer${writers}` }));
  return receipt.id;
}
/** What the queue would do by now: every job once, when it is due. */
async function runJobs(workers = 1) {
  const due = domain.jobs.filter(({ startAfter }) => !startAfter || startAfter <= domain.ctx.now());
  for (const job of due) domain.jobs.splice(domain.jobs.indexOf(job), 1);
  const mails = due.filter(({ name }) => name === "mail.deliver").map(({ data }) => String(data.mailId));
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const mailId of mails) await deliverMail(domain.ctx, { mailId });
    }),
  );
}
const told = (to = team) => domain.mailer.accepted.filter((mail) => mail.to === to);
const noticesOf = (leadIds: string[]) =>
  domain.ctx.db.prisma.outboxMail.findMany({ where: { leadId: { in: leadIds }, kind: "LEAD_NOTICE" } });

test("fifty leads in five minutes: the first ten alone, all others in one mail, each settled on its lead", async () => {
  const ids: string[] = [];
  for (let index = 0; index < 50; index += 1) {
    ids.push(await submit());
    await runJobs(2);
    domain.passSeconds(6);
  }
  expect(told().map(({ tag }) => tag)).toEqual(Array(10).fill("lead-notice"));
  domain.passSeconds(5 * 60);
  await runJobs(2);
  expect(told()).toHaveLength(11);
  expect(told().at(-1)?.tag).toBe("lead-digest");
  expect(told().at(-1)?.text).toBe(`new 40: ${range(11, 20)}`);
  const notices = await noticesOf(ids);
  expect(notices.every(({ state, sentAt }) => state === "SENT" && sentAt !== null)).toBe(true);
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: "mail.sent", leadId: { in: ids } },
  });
  const settled = events.map(({ data }) => Object(data).mailId);
  for (const { id } of notices) expect(settled.filter((each) => each === id)).toHaveLength(1);
  expect(
    domain.mailer.accepted.filter(({ tag }) => tag === "lead-receipt"),
    "prospects hear each",
  ).toHaveLength(50);
});

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `Writer${from + index}`).join(" ");

test("a backlog is one mail, and nothing that waits for it is swept out alone", async () => {
  const ids: string[] = [];
  for (let index = 0; index < 12; index += 1) ids.push(await submit());
  domain.passSeconds(120);
  await runJobs(3);
  expect(told()).toEqual([]);
  domain.passSeconds(120);
  await queueDueMails(domain.ctx);
  await runJobs();
  expect(told()).toEqual([]);
  domain.passSeconds(180);
  await runJobs();
  expect(told().map(({ text }) => text)).toEqual([expect.stringMatching(/^new 12:/)]);
  expect((await noticesOf(ids)).map(({ state }) => state)).toEqual(Array(12).fill("SENT"));
});

test("a digest of a thousand leaves at once", async () => {
  for (let index = 0; index < 12; index += 1) await submit();
  await runJobs();
  await domain.ctx.db.pool.query(
    `INSERT INTO outbox_mails (id, kind, lead_id, digest_id, to_address, next_attempt_at, created_at)
      SELECT gen_random_uuid(), kind, lead_id, digest_id, to_address, next_attempt_at, created_at
      FROM outbox_mails, generate_series(1, 100) WHERE state = 'QUEUED' AND digest_id IS NOT NULL`,
  );
  expect(told()).toEqual([]);
  await submit();
  await runJobs();
  await runJobs();
  expect(told().map(({ text }) => text)).toEqual([expect.stringMatching(/^new 1213:/)]);
  expect(await domain.ctx.db.prisma.outboxMail.count({ where: { state: "QUEUED" } })).toBe(0);
});

test("ten in five minutes are ten mails", async () => {
  for (let index = 0; index < 10; index += 1) await submit();
  await runJobs();
  expect(told().map(({ tag }) => tag)).toEqual(Array(10).fill("lead-notice"));
});

test("a digest that fails leaves again as it was, and what it told fails or leaves with it", async () => {
  const ids = [];
  for (let index = 0; index < 11; index += 1) ids.push(await submit());
  await runJobs();
  domain.passSeconds(5 * 60);
  domain.mailer.answers.push({ outcome: "retry", reason: "503" });
  await runJobs();
  expect((await noticesOf(ids)).map(({ state }) => state)).toEqual(Array(11).fill("QUEUED"));

  // What comes now has a digest of its own: this one may have arrived.
  const late = await submit();
  await runJobs();
  const [digestOfLate] = await noticesOf([late]);
  expect(digestOfLate?.digestId).not.toBe((await noticesOf(ids))[0]?.digestId);

  domain.passSeconds(60 * 60);
  domain.mailer.answers.push({ outcome: "rejected", reason: "inactive recipient" });
  await runJobs();
  const notices = await noticesOf(ids);
  expect(notices.map(({ state, lastError }) => `${state} ${lastError}`)).toEqual(
    Array(11).fill("FAILED inactive recipient"),
  );
  const failed = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: "mail.failed", leadId: { in: ids } },
  });
  expect(failed).toHaveLength(11);
});

test("a notice that was tried before stays alone: it may have arrived", async () => {
  const [first] = [await submit()];
  domain.mailer.answers.push({ outcome: "retry", reason: "503" }, { outcome: "retry", reason: "503" });
  await runJobs();
  for (let index = 0; index < 12; index += 1) await submit();
  domain.passSeconds(60 * 60);
  await runJobs();
  expect((await noticesOf([first ?? ""]))[0]).toMatchObject({ state: "SENT", digestId: null });
});

test("leads that were given to somebody are theirs in the same mail; to somebody who left nothing goes", async () => {
  const [ana, jonas] = [await domain.createUser("ATTORNEY"), await domain.createUser("ATTORNEY")];
  await domain.ctx.db.prisma.officeSettings.updateMany({ data: { assignmentMode: "ROUND_ROBIN" } });
  forgetOfficeRules(domain.ctx);
  for (let index = 0; index < 30; index += 1) await submit();
  await runJobs();
  await domain.ctx.db.prisma.user.update({ where: { id: jonas.id }, data: { disabledAt: domain.ctx.now() } });
  domain.passSeconds(5 * 60);
  await runJobs();
  expect(told(ana.email).map(({ text }) => text)).toEqual([expect.stringMatching(/^yours 15:/)]);
  expect(told(jonas.email)).toEqual([]);
  const kept = await domain.ctx.db.prisma.outboxMail.groupBy({
    by: ["state"],
    where: { toAddress: jonas.email },
    _count: true,
  });
  expect(kept).toEqual([{ state: "SUPPRESSED", _count: 16 }]);
});
