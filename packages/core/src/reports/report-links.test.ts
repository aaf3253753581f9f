import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffContext } from "../context";
import { listLeads } from "../leads/list-leads";
import { type ListLeads, listLeadsSchema } from "../leads/schema";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getOfficeReport } from "./get-office-report";
import type { OfficeReport } from "./schema";

const minute = 60_000;
const hour = 60 * minute;
const leads = 400;

let domain: TestDomain;
let staff: StaffContext;
let report: OfficeReport;

/** Numbers that look drawn by lot and are the same every time. */
function lot(seed: number, below: number): number {
  return Math.floor(Math.abs(Math.sin(seed * 12.9898) * 43758.5453) * 1000) % below;
}

beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
  const { prisma } = domain.ctx.db;
  const now = domain.ctx.now().getTime();
  const made = Array.from({ length: leads }, (_, index) => {
    const id = uuidv7();
    const createdAt = new Date(now - lot(index, 20 * 24 * 60) * minute - 1);
    const minutes = lot(index + 0.5, 1500);
    const reachedOutAt = new Date(createdAt.getTime() + minutes * minute);
    const isReached = lot(index + 0.3, 10) > 2 && reachedOutAt.getTime() <= now;
    return {
      lead: {
        ...{ id, reference: id, firstName: "Zoë", lastName: "Lindqvist", resumePath: id },
        ...{ email: "zoe@example.com", emailKey: "zoe@example.com", createdAt, updatedAt: createdAt },
        respondBy: lot(index + 0.7, 12) === 0 ? null : new Date(createdAt.getTime() + 5 * hour),
        ...(isReached && { status: "REACHED_OUT" as const, reachedOutAt, responseMinutes: minutes }),
      },
      receipt: {
        ...{ id: uuidv7(), kind: "LEAD_RECEIPT" as const, leadId: id, toAddress: "zoe@example.com" },
        state:
          (["SENT", "SENT", "SENT", "SUPPRESSED", "FAILED", "QUEUED"] as const)[lot(index + 0.9, 6)] ??
          "SENT",
        ...{ nextAttemptAt: createdAt, createdAt },
      },
    };
  });
  await prisma.lead.createMany({ data: made.map(({ lead }) => lead) });
  await prisma.resume.createMany({
    data: made.map(({ lead: { id: leadId, createdAt } }) => ({
      ...{ id: uuidv7(), leadId, storageKey: leadId, fileName: "cv.pdf", format: "PDF" as const },
      ...{ sizeBytes: 1, sha256: "0".repeat(64), createdAt },
    })),
  });
  await prisma.outboxMail.createMany({ data: made.map(({ receipt }) => receipt) });
  report = await getOfficeReport(domain.ctx, { days: 7 });
});
afterAll(() => domain.close());

async function total(input: Partial<ListLeads>): Promise<number> {
  const page = await listLeads(staff, listLeadsSchema.parse({ limit: 100, ...input }));
  expect(page.totalIsExact).toBe(true);
  return page.total;
}

const arrived = () => ({ createdFrom: report.period.from, createdTo: report.period.to });

test("behind every number are as many leads as it says", async () => {
  expect(report.received.now).toBeGreaterThan(50);
  expect(await total(arrived())).toBe(report.received.now);
  expect(await total({ ...arrived(), answered: "IN_TIME" })).toBe(report.inTime.now.good);
  expect(await total({ ...arrived(), answered: "LATE" })).toBe(
    report.inTime.now.all - report.inTime.now.good,
  );
  expect(await total({ reachedFrom: report.period.from, reachedTo: report.period.to })).toBe(
    report.firstContact.now.samples,
  );
  const { suppressed, failed } = report.undelivered;
  expect(await total({ ...arrived(), mail: "UNDELIVERED" })).toBe(suppressed + failed);
  const { before } = report;
  expect(await total({ createdFrom: before.from, createdTo: before.to })).toBe(report.received.before);
});

test("behind every bar too", async () => {
  for (const { from, to, inTime, late, unpromised, pending } of report.byDay)
    expect(await total({ createdFrom: from, createdTo: to })).toBe(inTime + late + unpromised + pending);
  for (const { from, to, leads: expected } of report.waits)
    expect(
      await total({
        ...{ reachedFrom: report.period.from, reachedTo: report.period.to, waitFrom: from },
        ...(to !== null && { waitTo: to }),
      }),
    ).toBe(expected);
});
