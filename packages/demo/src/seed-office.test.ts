import { resolve } from "node:path";
import { signIn } from "@intake/core/auth/sign-in";
import { countByStatus, listLeads } from "@intake/core/leads/list-leads";
import { listLeadsSchema } from "@intake/core/leads/schema";
import { getOfficeReport } from "@intake/core/reports/get-office-report";
import { createTestDomain } from "@intake/core/testing/test-context";
import { expect, test } from "vitest";
import { isOccupied, seedOffice } from "./seed-office";

test("the demo is an office at work: people of many scripts, real files, most of them reached, nothing mailed", async () => {
  const domain = await createTestDomain();
  const ctx = { ...domain.ctx, settings: { ...domain.ctx.settings, leadNotify: null } };
  const templates = resolve(import.meta.dirname, "../../../tests/fixtures/resumes");
  const input = { templates, password: "three wise old herons", leads: 60, days: 90 };

  const interrupt = (done: number) => {
    if (done === 25) throw new Error("interrupted");
  };
  await expect(seedOffice(ctx, { ...input, onProgress: interrupt })).rejects.toThrow("interrupted");
  expect(await isOccupied(ctx)).toBe(false);
  await seedOffice(ctx, input);
  expect(await isOccupied(ctx)).toBe(true);
  expect(await ctx.db.prisma.user.count()).toBe(10);

  const totals = await countByStatus(ctx);
  expect(totals.PENDING + totals.REACHED_OUT).toBe(60);
  expect(totals.REACHED_OUT).toBeGreaterThan(40);
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  const { items } = await listLeads(admin, listLeadsSchema.parse({ limit: 100 }));
  expect(new Set(items.map((lead) => lead.resume.format))).toEqual(new Set(["PDF", "DOC", "DOCX"]));
  expect(items.some((lead) => /\P{Script=Latin}/u.test(lead.lastName.replace(/[^\p{L}]/gu, "")))).toBe(true);
  expect(items.every((lead) => lead.email.endsWith(".example"))).toBe(true);
  expect(domain.storage.objects.size).toBe(60);
  const oldest = items.at(-1)?.createdAt ?? "";
  expect(ctx.now().getTime() - Date.parse(oldest)).toBeGreaterThan(60 * 24 * 60 * 60 * 1000);

  const files = await ctx.db.prisma.resume.findMany({
    select: { id: true, sha256: true, scanState: true, scanReason: true },
  });
  expect(new Set(files.map(({ sha256 }) => sha256)).size).toBeGreaterThan(40);
  expect(files.filter(({ scanState }) => scanState !== "UNSCANNED")).toMatchObject([
    { scanState: "INFECTED", scanReason: "Eicar-Test-Signature" },
  ]);
  // The fake queue also notes the jobs of a statement that failed: those of the 25 leads that were there already when the seed went on.
  const examined = domain.jobs.flatMap(({ name, data }) => (name === "resume.scan" ? [data.resumeId] : []));
  const ids = files.map(({ id }) => id);
  expect(examined.filter((id) => ids.some((kept) => kept === id)).sort()).toEqual(ids.sort());
  expect(examined).toHaveLength(60 + 25);

  const waiting = await ctx.db.prisma.outboxMail.groupBy({ by: ["leadId"], where: { state: "QUEUED" } });
  expect(waiting).toHaveLength(8);
  expect(domain.mailer.accepted).toEqual([]);
  const lost = await ctx.db.prisma.outboxMail.findMany({
    where: { state: { in: ["FAILED", "SUPPRESSED"] } },
  });
  expect(lost.length).toBeGreaterThan(0);
  expect(new Set(lost.map(({ kind }) => kind))).toEqual(new Set(["LEAD_RECEIPT"]));
  expect(await ctx.db.prisma.savedView.count()).toBe(3);
  expect(await ctx.db.prisma.noteMention.count()).toBeGreaterThan(0);
  expect(await ctx.db.prisma.leadRead.count({ where: { isRead: true } })).toBeGreaterThan(300);
  const report = await getOfficeReport(ctx, { days: 90 });
  expect(report.received.now).toBeGreaterThan(55);
  expect(report.uploads.now.good).toBeGreaterThan(20);
  expect(report.reasons.length).toBeGreaterThan(3);
  const entered = await signIn(ctx, {
    email: "ruth@calderrowe.example",
    password: "three wise old herons",
    source: "::1",
    tokenDelivery: "body",
  });
  expect(entered).toMatchObject({ answer: { user: { role: "ADMIN" } } });
  await domain.close();
});
