import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffContext } from "../context";
import { deliverMail } from "../mail/deliver-mail";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getLead } from "./get-lead";
import { listLeadEvents } from "./list-lead-events";
import { countByStatus } from "./list-leads";
import { submitLead } from "./submit-lead";
import { updateLeadStatus } from "./update-lead-status";

let domain: TestDomain;
let staff: StaffContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());

const newLead = async () =>
  getLead(domain.ctx, (await submitLead(domain.ctx, await submission())).receipt.id);
const changes = async (leadId: string) =>
  (await listLeadEvents(staff, leadId)).filter((event) => event.type === "lead.status_changed");

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

  test("undo puts it back and the history shows both (detail 4.49)", async () => {
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
  const events = await listLeadEvents(staff, lead.id);
  expect(events.map((event) => [event.type, event.actor.type, event.mail?.kind])).toEqual(
    expect.arrayContaining([
      ["mail.queued", "system", "LEAD_NOTICE"],
      ["mail.sent", "system", "LEAD_RECEIPT"],
      ["lead.submitted", "prospect", undefined],
    ]),
  );
  expect(events).toHaveLength(3);
});
