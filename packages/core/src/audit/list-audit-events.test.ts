import { afterAll, beforeAll, expect, test } from "vitest";
import type { User } from "../auth/schema";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { listAuditEvents } from "./list-audit-events";
import { recordEvent } from "./record-event";
import { recordView } from "./record-view";
import { listAuditSchema } from "./schema";
import { sealEvents } from "./seal-events";

let domain: TestDomain;
let admin: User;
let leadId: string;
let reference: string;
beforeAll(async () => {
  domain = await createTestDomain();
  admin = await domain.createUser("ADMIN", { email: "thomas@calderrowe.example" });
  const { receipt } = await submitLead(domain.ctx, await submission());
  ({ id: leadId, reference } = receipt);
  domain.passSeconds(60);
  await recordView(domain.asStaff(admin), { leadId });
  domain.passSeconds(86_400);
  await recordEvent(domain.asStaff(admin), {
    type: "user.role_changed",
    userId: admin.id,
    data: { from: "ADMIN", to: "INTAKE" },
  });
  await recordEvent(
    { ...domain.ctx, actor: { type: "system", job: "mail.sweep" }, source: null },
    { type: "mail.sent" },
  );
});
afterAll(() => domain.close());

const types = async (filter: Record<string, unknown>) =>
  (await listAuditEvents(domain.asStaff(admin), listAuditSchema.parse(filter))).items.map(({ type }) => type);

test("newest first, with names looked up and the seal as soon as there is one", async () => {
  const { items } = await listAuditEvents(domain.asStaff(admin), listAuditSchema.parse({}));
  expect(items.map(({ type }) => type)).toEqual([
    "mail.sent",
    "user.role_changed",
    "lead.viewed",
    "lead.submitted",
  ]);
  expect(items[0]).toMatchObject({
    actor: { type: "system", name: "mail.sweep" },
    lead: null,
    source: null,
    seal: null,
  });
  expect(items[2]).toMatchObject({
    actor: { type: "user", name: "Ana Sørensen" },
    lead: { id: leadId, reference, name: "Minh Khai Nguyễn Thị" },
    source: "203.0.113.0/24",
  });
  await sealEvents(domain.ctx);
  const sealed = await listAuditEvents(domain.asStaff(admin), listAuditSchema.parse({}));
  expect(sealed.items.map(({ seal }) => seal?.position)).toEqual([4, 3, 2, 1]);
});

test("filters by kind, lead, person and days", async () => {
  expect(await types({ kind: "people" })).toEqual(["user.role_changed"]);
  expect(await types({ leadId })).toEqual(["lead.viewed", "lead.submitted"]);
  expect(await types({ userId: admin.id })).toEqual(["user.role_changed", "lead.viewed"]);
  expect(await types({ from: "2026-03-03" })).toEqual(["mail.sent", "user.role_changed"]);
  expect(await types({ to: "2026-03-02" })).toEqual(["lead.viewed", "lead.submitted"]);
});

test("a day is the reader's own, also where the clocks change and where noon is tomorrow already", async () => {
  const inZone = async (timeZone: string, day: string) => {
    const reader = domain.asStaff({ ...admin, timeZone });
    const { items } = await listAuditEvents(reader, listAuditSchema.parse({ from: day, to: day }));
    return items.map(({ type }) => type);
  };
  // 09:30 UTC on 2 March is half past ten in the evening in Auckland, and a second day begins at 11:00 UTC.
  expect(await inZone("Pacific/Auckland", "2026-03-02")).toEqual(["lead.viewed", "lead.submitted"]);
  // Eleven hours behind UTC it is still the day before.
  expect(await inZone("Pacific/Pago_Pago", "2026-03-01")).toEqual(["lead.viewed", "lead.submitted"]);
  expect(await inZone("Pacific/Pago_Pago", "2026-03-03")).toEqual([]);
});

test("the database knows every zone a person can choose", async () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const { rows } = await domain.ctx.db.pool.query<{ unknown: string }>(
    "SELECT z AS unknown FROM unnest($1::text[]) AS z WHERE z NOT IN (SELECT name FROM pg_timezone_names)",
    [zones],
  );
  expect(rows).toEqual([]);
});

test("a search finds people and leads by what the events themselves do not hold", async () => {
  expect(await types({ q: "thomas@" })).toEqual(["user.role_changed", "lead.viewed"]);
  expect(await types({ q: reference.toLowerCase() })).toEqual(["lead.viewed", "lead.submitted"]);
  expect(await types({ q: "Nguyễn" })).toEqual(["lead.viewed", "lead.submitted"]);
  expect(await types({ q: "100%" })).toEqual([]);
});

test("pages join without gap or repetition, and a broken cursor is refused", async () => {
  const first = await listAuditEvents(domain.asStaff(admin), listAuditSchema.parse({ limit: 3 }));
  const second = await listAuditEvents(
    domain.asStaff(admin),
    listAuditSchema.parse({ limit: 3, cursor: first.nextCursor }),
  );
  expect([...first.items, ...second.items].map(({ type }) => type)).toEqual(await types({}));
  expect(second.nextCursor).toBeNull();
  await expect(types({ cursor: "x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("opening a lead that does not exist is no event", async () => {
  await recordView(domain.asStaff(admin), { leadId: admin.id });
  expect(await types({ leadId: admin.id })).toEqual([]);
});
