import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignLead } from "../assignment/assign-lead";
import type { StaffContext } from "../context";
import { deliverMail } from "../mail/deliver-mail";
import { businessMinutesBetween } from "../office/policy";
import { openWeekSchema } from "../office/schema";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getLead } from "./get-lead";
import { listLeadEvents } from "./list-lead-events";
import { countByStatus } from "./list-leads";
import type { LeadEvent } from "./schema";
import { submitLead } from "./submit-lead";
import { updateLeadStatus } from "./update-lead-status";

let domain: TestDomain;
let staff: StaffContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());

/** As a new office has them. */
const officeWeek = openWeekSchema.parse([[], ...Array.from({ length: 5 }, () => [[540, 1050]]), []]);
const newLead = async () =>
  getLead(domain.ctx, (await submitLead(domain.ctx, await submission())).receipt.id);
const history = (leadId: string) => listLeadEvents(staff, { leadId }).then(withoutMails);
const changes = async (leadId: string) =>
  (await listLeadEvents(staff, { leadId })).filter((event) => event.type === "lead.status_changed");
const withoutMails = (events: LeadEvent[]) => events.filter(({ type }) => !type.startsWith("mail."));
const row = (id: string) => domain.ctx.db.prisma.lead.findUniqueOrThrow({ where: { id } });

describe("updateLeadStatus", () => {
  test("reaches out once, with channel, note and event, and keeps the totals", async () => {
    const lead = await newLead();
    const before = await countByStatus(domain.ctx);
    domain.passSeconds(30);
    const updated = await updateLeadStatus(staff, {
      leadId: lead.id,
      status: "REACHED_OUT",
      channel: "EMAIL",
      note: "Wrote back.",
      version: 1,
    });
    expect(updated).toMatchObject({
      status: "REACHED_OUT",
      version: 2,
      updatedAt: domain.ctx.now().toISOString(),
    });
    expect(updated).toEqual(await getLead(domain.ctx, lead.id));
    expect(await changes(lead.id)).toMatchObject([
      {
        status: "REACHED_OUT",
        channel: "EMAIL",
        note: "Wrote back.",
        actor: { type: "user", name: "Ana Sørensen", isYou: true },
      },
    ]);
    expect(await countByStatus(domain.ctx)).toEqual({
      PENDING: before.PENDING - 1,
      REACHED_OUT: before.REACHED_OUT + 1,
    });
    const events = await domain.ctx.db.prisma.auditEvent.findMany({
      omit: { insertedIn: true },
      where: { leadId: lead.id },
    });
    expect(JSON.stringify(events)).not.toContain("Wrote back");
  });

  test("setting it twice changes nothing and logs once (detail 4.48)", async () => {
    const lead = await newLead();
    const first = await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    const second = await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    expect(second).toEqual(first);
    expect(await changes(lead.id)).toHaveLength(1);
  });

  test("two people at once: one transition", async () => {
    const lead = await newLead();
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" })),
    );
    expect(results.every((result) => result.status === "fulfilled")).toBe(true);
    expect(await changes(lead.id)).toHaveLength(1);
    expect((await getLead(domain.ctx, lead.id)).version).toBe(2);
  });

  test("a stale version is a conflict with the current lead (detail 4.50)", async () => {
    const lead = await newLead();
    const current = await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT", version: 1 });
    await expect(
      updateLeadStatus(staff, { leadId: lead.id, status: "PENDING", version: 1 }),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      current,
    });
  });

  test("undo leaves status, times and channel as if nothing had happened; the audit shows both (detail 4.49)", async () => {
    const lead = await newLead();
    const before = await row(lead.id);
    domain.passSeconds(30);
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT", channel: "PHONE", version: 1 });
    expect(await row(lead.id)).toMatchObject({
      contactChannel: "PHONE",
      reachedOutAt: domain.ctx.now(),
      reachedOutById: staff.actor.user.id,
    });
    domain.passSeconds(9);
    const undone = await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING", version: 2 });
    expect(undone).toEqual(await getLead(domain.ctx, lead.id));
    expect(await row(lead.id)).toEqual({ ...before, version: 3 });
    expect(await changes(lead.id)).toMatchObject([
      { status: "PENDING", isUndo: true },
      { status: "REACHED_OUT", channel: "PHONE" },
    ]);
  });

  test("counts the minutes of the office's own hours until the first contact, and an undo takes them away", async () => {
    // Monday 09:30 in London; the office is open until 17:30, and again from 09:00.
    const lead = await newLead();
    domain.passSeconds(24 * 60 * 60 + 30 * 60);
    const at = new Date(lead.createdAt);
    const reached = await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    const open = { zone: "Europe/London", week: officeWeek, holidays: [] };
    expect(reached.responseMinutes).toBe(businessMinutesBetween(open, at, domain.ctx.now()));
    expect(reached.responseMinutes).toBeGreaterThan(0);
    expect(
      (await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING" })).responseMinutes,
    ).toBeNull();
  });

  test("undoing a set-back brings back the first contact, its time and its channel", async () => {
    const lead = await newLead();
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT", channel: "EMAIL" });
    const reached = await row(lead.id);
    domain.passSeconds(3 * 60 * 60);
    await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING", note: "Wrong person." });
    expect(await row(lead.id)).toMatchObject({
      reachedOutAt: null,
      reachedOutById: null,
      contactChannel: null,
    });
    domain.passSeconds(5);
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    expect(await row(lead.id)).toEqual({ ...reached, version: 4 });
    const [undo, reverted] = await history(lead.id);
    expect(undo).toMatchObject({ type: "lead.status_changed", isUndo: true });
    expect(reverted).toMatchObject({ type: "lead.reverted", status: "PENDING", note: "Wrong person." });
  });

  test("later, by somebody else or with a reason it is no undo but a set-back", async () => {
    const other = domain.asStaff(await domain.createUser("INTAKE"));
    const cases = [
      { by: staff, seconds: 61 },
      { by: other, seconds: 1 },
      { by: staff, seconds: 1, note: "Wrong person." },
    ];
    for (const { by, seconds, note } of cases) {
      const lead = await newLead();
      await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
      domain.passSeconds(seconds);
      await updateLeadStatus(by, { leadId: lead.id, status: "PENDING", ...(note ? { note } : {}) });
      expect(await history(lead.id)).toMatchObject([{ type: "lead.reverted" }, {}, {}]);
      expect(await row(lead.id)).toMatchObject({ reachedOutAt: null, updatedAt: domain.ctx.now() });
    }
  });

  test("an undone change cannot be undone again: marking anew is a new contact", async () => {
    const lead = await newLead();
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT", channel: "PHONE" });
    domain.passSeconds(2);
    await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING" });
    domain.passSeconds(2);
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    expect(await row(lead.id)).toMatchObject({ reachedOutAt: domain.ctx.now(), contactChannel: null });
  });

  test("an assignment between a change and its undo keeps its own time", async () => {
    const lead = await newLead();
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT" });
    domain.passSeconds(2);
    await assignLead(staff, { leadId: lead.id, assigneeId: staff.actor.user.id });
    domain.passSeconds(2);
    const undone = await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING" });
    expect(undone).toMatchObject({ version: 4, reachedOutAt: null, assignee: { id: staff.actor.user.id } });
    expect(undone.updatedAt).toBe(domain.ctx.now().toISOString());
  });

  test("an undo puts it back and the history shows both (detail 4.49)", async () => {
    const lead = await newLead();
    await updateLeadStatus(staff, { leadId: lead.id, status: "REACHED_OUT", version: 1 });
    const undone = await updateLeadStatus(staff, { leadId: lead.id, status: "PENDING", version: 2 });
    expect(undone.status).toBe("PENDING");
    expect((await changes(lead.id)).map((event) => event.status).sort()).toEqual(["PENDING", "REACHED_OUT"]);
  });

  test("READ_ONLY may not, and an unknown lead is not found", async () => {
    const reader = domain.asStaff(await domain.createUser("READ_ONLY"));
    const lead = await newLead();
    await expect(updateLeadStatus(reader, { leadId: lead.id, status: "REACHED_OUT" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const unknown = "01890000-0000-7000-8000-000000000000";
    await expect(updateLeadStatus(staff, { leadId: unknown, status: "REACHED_OUT" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

test("the history names mails that wait and mails that left", async () => {
  const lead = await newLead();
  const receipt = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
    where: { leadId: lead.id, kind: "LEAD_RECEIPT" },
  });
  await deliverMail(
    { ...domain.ctx, actor: { type: "system", job: "mail.deliver" } },
    { mailId: receipt.id },
  );
  const events = await listLeadEvents(staff, { leadId: lead.id });
  expect(events.map((event) => [event.type, event.actor.type, event.mail?.kind])).toEqual(
    expect.arrayContaining([
      ["mail.queued", "system", "LEAD_NOTICE"],
      ["mail.sent", "system", "LEAD_RECEIPT"],
      ["lead.submitted", "prospect", undefined],
    ]),
  );
  expect(events).toHaveLength(3);
});
