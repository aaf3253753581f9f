import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../errors";
import { StorageQuotaError } from "../resumes/storage-quota";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getLeadByReceiptToken } from "./find-receipt";
import { countByStatus } from "./list-leads";
import { submitLead } from "./submit-lead";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const everything = async () => ({
  leads: await domain.ctx.db.prisma.lead.count(),
  resumes: await domain.ctx.db.prisma.resume.count(),
  mails: await domain.ctx.db.prisma.outboxMail.count(),
  events: await domain.ctx.db.prisma.auditEvent.count(),
  objects: domain.storage.objects.size,
  jobs: domain.jobs.length,
});

describe("submitLead", () => {
  test("stores the file, the lead, its event, both mails and their jobs", async () => {
    const input = await submission();
    const { receipt, isReplay } = await submitLead(domain.ctx, input);

    expect(isReplay).toBe(false);
    expect(receipt.reference).toMatch(/^INT-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(receipt.resume).toEqual({
      fileName: "Résumé – O'Brien (最終版) 😀.pdf",
      sizeBytes: input.resume.sizeBytes,
      sha256: input.resume.sha256,
    });
    const lead = await domain.ctx.db.prisma.lead.findUniqueOrThrow({
      where: { id: receipt.id },
      include: { resumes: true, mails: true },
    });
    expect(lead).toMatchObject({
      firstName: "Minh Khai",
      lastName: "Nguyễn Thị",
      status: "PENDING",
      version: 1,
    });
    expect(lead.resumes).toHaveLength(1);
    expect(lead.resumePath).toBe(lead.resumes[0]?.storageKey);
    expect(lead.resumePath).toMatch(/^resumes\/[0-9a-f-]{36}$/);
    expect(domain.storage.objects.has(lead.resumePath)).toBe(true);
    expect(lead.mails.map(({ kind, toAddress }) => [kind, toAddress]).sort()).toEqual([
      ["LEAD_NOTICE", "team@calderrowe.example"],
      ["LEAD_RECEIPT", "minhkhai.nguyen@gmail.com"],
    ]);
    const jobs = domain.jobs.filter((job) => lead.mails.some((mail) => mail.id === job.data.mailId));
    expect(jobs).toHaveLength(2);
    const events = await domain.ctx.db.prisma.auditEvent.findMany({
      omit: { insertedIn: true },
      where: { leadId: lead.id },
    });
    expect(events.map(({ type, actorType, requestId }) => ({ type, actorType, requestId }))).toEqual([
      { type: "lead.submitted", actorType: "prospect", requestId: "test-request" },
    ]);
    expect(JSON.stringify(events)).not.toContain("Minh");
  });

  test("the same key and content give the first receipt and nothing new (detail 4.71)", async () => {
    const input = await submission({ idempotencyKey: "one-key" });
    const first = await submitLead(domain.ctx, input);
    const before = await everything();
    const second = await submitLead(domain.ctx, input);
    expect(second).toEqual({ receipt: first.receipt, isReplay: true });
    // Jobs are noted here when their statement is written; this one failed as a whole.
    expect(await everything()).toEqual({ ...before, jobs: expect.any(Number) });
  });

  test("a repeat is answered although new leads cannot be taken in", async () => {
    const input = await submission();
    const { receipt } = await submitLead(domain.ctx, input);
    const before = await everything();
    const full = { ...domain.ctx.quota, admit: () => Promise.reject(new StorageQuotaError()) };
    expect(await submitLead({ ...domain.ctx, quota: full }, input)).toEqual({ receipt, isReplay: true });
    domain.storage.state.isAway = true;
    try {
      expect(await submitLead(domain.ctx, input)).toEqual({ receipt, isReplay: true });
    } finally {
      domain.storage.state.isAway = false;
    }
    expect(await everything()).toEqual(before);
  });

  test("the same key at the same moment makes one lead and leaves no orphan file", async () => {
    const before = await everything();
    const input = await submission({ idempotencyKey: "raced-key" });
    const results = await Promise.all(Array.from({ length: 8 }, () => submitLead(domain.ctx, input)));
    expect(new Set(results.map(({ receipt }) => receipt.id)).size).toBe(1);
    expect(results.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    const after = await everything();
    expect(after.leads).toBe(before.leads + 1);
    expect(after.objects).toBe(before.objects + 1);
    expect(after.mails).toBe(before.mails + 2);
  });

  test("the same key with other content is refused, with the key named", async () => {
    const input = await submission({ idempotencyKey: "burnt-key" });
    await submitLead(domain.ctx, input);
    const other = await submission({ idempotencyKey: "burnt-key", lastName: "Someone else" });
    await expect(submitLead(domain.ctx, other)).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      errors: [{ path: "idempotencyKey" }],
    });
  });

  test("without a key every submission is a lead", async () => {
    const input = await submission({ idempotencyKey: null });
    const [first, second] = [await submitLead(domain.ctx, input), await submitLead(domain.ctx, input)];
    expect(first.receipt.id).not.toBe(second.receipt.id);
  });

  test("with the storage away nothing is written", async () => {
    const before = await everything();
    domain.storage.state.isAway = true;
    try {
      await expect(submitLead(domain.ctx, await submission())).rejects.toThrow("storage did not answer");
    } finally {
      domain.storage.state.isAway = false;
    }
    expect(await everything()).toEqual(before);
  });

  test("when the transaction fails no row stays", async () => {
    const before = await everything();
    const refused = { text: "DELETE FROM audit_events WHERE type = $1", values: ["lead.submitted"] };
    const queue = { ...domain.ctx.queue, jobInsert: async () => refused };
    await expect(submitLead({ ...domain.ctx, queue }, await submission())).rejects.toThrow(
      "permission denied",
    );
    // The object stays for the sweeper: a lost answer to a commit looks the same from here.
    expect(await everything()).toEqual({ ...before, objects: before.objects + 1 });
  });

  test("notices go to every active user who wants them when no address is set", async () => {
    await domain.createUser("ATTORNEY", { email: "wants@calderrowe.example" });
    const gone = await domain.createUser("ATTORNEY", { email: "gone@calderrowe.example" });
    await domain.ctx.db.prisma.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const quiet = await domain.createUser("ADMIN", { email: "quiet@calderrowe.example" });
    await domain.ctx.db.prisma.user.update({ where: { id: quiet.id }, data: { wantsLeadMail: false } });
    const ctx = { ...domain.ctx, settings: { ...domain.ctx.settings, leadNotify: null } };
    const { receipt } = await submitLead(ctx, await submission());
    const mails = await domain.ctx.db.prisma.outboxMail.findMany({
      where: { leadId: receipt.id, kind: "LEAD_NOTICE" },
    });
    expect(mails.map((mail) => mail.toAddress)).toEqual(["wants@calderrowe.example"]);
  });

  test("totals per status follow", async () => {
    const before = await countByStatus(domain.ctx);
    await submitLead(domain.ctx, await submission());
    expect(await countByStatus(domain.ctx)).toEqual({ ...before, PENDING: before.PENDING + 1 });
  });
});

describe("the thank-you link", () => {
  test("leads to exactly its lead, and holds no personal data", async () => {
    const { receipt } = await submitLead(domain.ctx, await submission());
    const token = receipt.receiptUrl.split("/received/")[1] ?? "";
    expect(token).toMatch(/^[A-Za-z0-9_-]{44}$/);
    expect((await getLeadByReceiptToken(domain.ctx, token)).id).toBe(receipt.id);
  });

  test.each(["", "x", "A".repeat(44)])("an invented token %j finds nothing", async (token) => {
    await expect(getLeadByReceiptToken(domain.ctx, token)).rejects.toThrow(AppError);
  });

  test("a token of another id is refused", async () => {
    const one =
      (await submitLead(domain.ctx, await submission())).receipt.receiptUrl.split("/received/")[1] ?? "";
    const two =
      (await submitLead(domain.ctx, await submission())).receipt.receiptUrl.split("/received/")[1] ?? "";
    await expect(getLeadByReceiptToken(domain.ctx, one.slice(0, 22) + two.slice(22))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
