import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { StaffContext } from "../context";
import { listLeadEvents } from "../leads/list-lead-events";
import { listLeads } from "../leads/list-leads";
import { listLeadsSchema } from "../leads/schema";
import { submitLead } from "../leads/submit-lead";
import type { SendResult } from "../ports/mailer";
import { findAttention } from "../reports/find-attention";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { countWaitingMails } from "./count-waiting-mails";
import { deliverMail } from "./deliver-mail";
import { sendMailAgain } from "./send-mail-again";

let domain: TestDomain;
let staff: StaffContext;
let leadId: string;
let mailId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
  mailId = (await receipts())[0]?.id ?? "";
  domain.jobs.length = 0;
  domain.told.length = 0;
});

const receipts = () =>
  domain.ctx.db.prisma.outboxMail.findMany({
    where: { leadId, kind: "LEAD_RECEIPT" },
    orderBy: { id: "asc" },
  });
async function end(result: SendResult, id = mailId): Promise<void> {
  domain.mailer.answers.push(result);
  await deliverMail(domain.ctx, { mailId: id });
}
const rejected: SendResult = { outcome: "rejected", reason: "refused" };
const bounced: SendResult = { outcome: "suppressed", reason: "inactive after a bounce" };
const again = (more: { knowsAddressRefuses?: boolean; mailId?: string } = {}) =>
  sendMailAgain(staff, { leadId, mailId, knowsAddressRefuses: false, ...more });
/** The lines about mails that the history offers to send again. */
const offered = async () =>
  (await listLeadEvents(staff, { leadId })).flatMap(({ type, mail }) =>
    mail?.again ? [{ type, ...mail.again }] : [],
  );

test("a mail that failed goes out once more, as one of its own, and the history tells who did it", async () => {
  await end(rejected);
  expect(await offered()).toEqual([{ type: "mail.failed", mailId, addressRefuses: false }]);
  domain.jobs.length = 0;
  await again();
  const [first, second] = await receipts();
  expect(first).toMatchObject({ id: mailId, state: "FAILED" });
  expect(second).toMatchObject({
    ...{ state: "QUEUED", attempts: 0, resendsId: mailId, toAddress: first?.toAddress, lastError: null },
  });
  expect(domain.jobs).toEqual([{ name: "mail.deliver", data: { mailId: second?.id } }]);
  expect(domain.told).toContainEqual({ leadId, kind: "mail" });
  await deliverMail(domain.ctx, { mailId: second?.id ?? "" });
  expect(domain.mailer.accepted.filter(({ id }) => id === second?.id)).toHaveLength(1);
  const lines = (await listLeadEvents(staff, { leadId })).filter(
    ({ type, mail }) => type.startsWith("mail.") && mail?.kind === "LEAD_RECEIPT",
  );
  expect(lines.map(({ type }) => type)).toEqual(["mail.sent", "mail.resent", "mail.failed"]);
  expect(lines[1]?.actor).toMatchObject({ type: "user", isYou: true });
  expect(await offered()).toEqual([]);
});

test("ten presses at once are one mail", async () => {
  await end(rejected);
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => again()));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await receipts()).toHaveLength(2);
  await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
});

test("to an address that takes no mail only by somebody who knows", async () => {
  await end(bounced);
  expect(await offered()).toEqual([{ type: "mail.suppressed", mailId, addressRefuses: true }]);
  await expect(again()).rejects.toMatchObject({
    ...{ code: "CONFLICT", message: expect.stringContaining("does not take mail") },
  });
  expect(await receipts()).toHaveLength(1);
  await again({ knowsAddressRefuses: true });
  expect(await receipts()).toHaveLength(2);
});

test("what fails again can be sent again, again", async () => {
  await end(rejected);
  await again();
  const second = (await receipts())[1]?.id ?? "";
  await end(rejected, second);
  expect(await offered()).toEqual([{ type: "mail.failed", mailId: second, addressRefuses: false }]);
  await again({ mailId: second });
  expect(await receipts()).toHaveLength(3);
});

test("not what arrived, is on its way, was not needed, or is another lead's", async () => {
  await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
  await end({ outcome: "sent", providerMessageId: "p-1" });
  await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
  const other = (await submitLead(domain.ctx, await submission())).receipt.id;
  await expect(
    sendMailAgain(staff, { leadId: other, mailId, knowsAddressRefuses: true }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await receipts()).toHaveLength(1);
});

test("once it is on its way nothing counts the first one any more", async () => {
  await end(rejected);
  const before = await countWaitingMails(staff);
  const isListed = async () =>
    (await listLeads(staff, listLeadsSchema.parse({ mail: "FAILED", limit: 100 }))).items.some(
      ({ id }) => id === leadId,
    );
  expect(await isListed()).toBe(true);
  expect((await findAttention(staff)).undelivered.newest?.id).toBe(leadId);
  await again();
  expect((await countWaitingMails(staff)).FAILED).toBe(before.FAILED - 1);
  expect(await isListed()).toBe(false);
  expect((await findAttention(staff)).undelivered.newest?.id).not.toBe(leadId);
});
