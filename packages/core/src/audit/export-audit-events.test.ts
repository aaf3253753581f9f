import { afterAll, beforeAll, expect, test } from "vitest";
import { createKeyring } from "../keyring";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { exportAuditEvents, verifyExport } from "./export-audit-events";
import { recordEvent } from "./record-event";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

test("a signed export holds every row that fits, is an event itself, and shows when it was touched", async () => {
  const ctx = domain.asStaff(await domain.createUser("ADMIN"));
  await domain.ctx.db.prisma.$executeRaw`INSERT INTO audit_events (id, type, actor_type, created_at)
    SELECT gen_random_uuid(), 'lead.viewed', 'system', '2026-03-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 2345) n`;
  await recordEvent(domain.ctx, { type: "user.created" });
  let content = "";
  for await (const chunk of exportAuditEvents(ctx, { kind: "leads", q: undefined })) content += chunk;
  const lines = content.trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 2345 + 1);
  expect(new Set(lines).size).toBe(lines.length);
  expect(content).not.toContain("user.created");
  expect(verifyExport(ctx, content)).toBe(2345);
  expect(verifyExport(ctx, content.replace("lead.viewed", "lead.viewee"))).toBeNull();
  expect(verifyExport(ctx, lines.toSpliced(7, 1).join("\r\n"))).toBeNull();
  expect(verifyExport(ctx, lines.slice(0, -1).join("\r\n"))).toBeNull();
  expect(verifyExport({ keyring: createKeyring(new Uint8Array(32).fill(8)) }, content)).toBeNull();
  const event = await ctx.db.prisma.auditEvent.findFirst({
    where: { type: "audit.exported" },
    select: { data: true },
  });
  expect(event?.data).toEqual({ rows: 2345, kind: "leads", hasSearch: false });
});
