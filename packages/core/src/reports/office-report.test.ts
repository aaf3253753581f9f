import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, expect, test } from "vitest";
import { businessMinutesBetween } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getOfficeReport } from "./get-office-report";
import type { OfficeReport } from "./schema";

// A day before the clocks of London go forward; the test domain's office is there.
const now = new Date("2026-03-28T15:00:00.000Z");
const hour = 60 * 60 * 1000;

let domain: TestDomain;
beforeEach(async () => {
  domain = await createTestDomain();
  domain.passSeconds((now.getTime() - domain.ctx.now().getTime()) / 1000);
});
afterEach(() => domain.close());

interface MadeLead {
  createdAt: string;
  /** Null for a lead from before there was a target. */
  respondBy?: string | null;
  reachedOutAt?: string;
  minutes?: number;
  receipt?: "QUEUED" | "SENDING" | "SENT" | "SUPPRESSED" | "FAILED";
}

async function make({
  createdAt,
  respondBy,
  reachedOutAt,
  minutes,
  receipt = "SENT",
}: MadeLead): Promise<string> {
  const { prisma } = domain.ctx.db;
  const id = uuidv7();
  await prisma.lead.create({
    data: {
      ...{ id, reference: id, firstName: "Zoë", lastName: "Lindqvist", resumePath: id },
      ...{ email: "zoe@example.com", emailKey: "zoe@example.com", createdAt, updatedAt: createdAt },
      respondBy: respondBy === undefined ? new Date(Date.parse(createdAt) + 5 * hour) : respondBy,
      ...(reachedOutAt ? { status: "REACHED_OUT", reachedOutAt, responseMinutes: minutes ?? null } : {}),
    },
  });
  await prisma.outboxMail.create({
    data: {
      ...{ id: uuidv7(), kind: "LEAD_RECEIPT", leadId: id, toAddress: "zoe@example.com" },
      ...{ state: receipt, nextAttemptAt: createdAt, createdAt },
    },
  });
  return id;
}

function report(days: 7 | 30 | 90 = 7): Promise<OfficeReport> {
  return getOfficeReport(domain.ctx, { days });
}

test("an empty office has zeros, no shares, and a day for every day", async () => {
  const empty = await report(30);
  expect(empty.received).toEqual({ now: 0, before: 0 });
  expect(empty.inTime.now).toEqual({ good: 0, all: 0, share: null });
  expect(empty.firstContact.now).toEqual({ samples: 0, median: null, ninth: null });
  expect(empty.oldestPending).toEqual({ now: null, before: null });
  expect(empty.oldestLead).toBeNull();
  expect(empty.byDay).toHaveLength(30);
  expect(empty.byDay.at(-1)?.day).toBe("2026-03-28");
  expect(empty.trend.inTime).toEqual(Array(10).fill(null));
});

test("days are the office's own: the last minute before its midnight is yesterday, also when the clocks change", async () => {
  domain.passSeconds(24 * 60 * 60); // Sunday 29 March: midnight in winter time, the afternoon in summer time.
  await make({ createdAt: "2026-03-28T23:59:59.000Z" });
  await make({ createdAt: "2026-03-29T00:00:00.000Z" });
  await make({ createdAt: "2026-03-29T14:59:59.000Z" });
  domain.passSeconds(24 * 60 * 60); // Monday: its midnight is 23:00 in UTC.
  await make({ createdAt: "2026-03-29T22:59:59.000Z" });
  await make({ createdAt: "2026-03-29T23:00:00.000Z" });
  const { byDay } = await report();
  expect(byDay.slice(-3).map(({ day, pending }) => [day, pending])).toEqual([
    ["2026-03-28", 1],
    ["2026-03-29", 3],
    ["2026-03-30", 1],
  ]);
  expect(byDay.slice(-2).map(({ from }) => from)).toEqual([
    "2026-03-29T00:00:00.000Z",
    "2026-03-29T23:00:00.000Z",
  ]);
});

test("every lead is counted once, by what has become of it; the period before ends at the same hour", async () => {
  await make({ createdAt: "2026-03-28T09:00:00.000Z" });
  await make({ createdAt: "2026-03-27T09:00:00.000Z" });
  await make({
    createdAt: "2026-03-27T09:00:00.000Z",
    reachedOutAt: "2026-03-27T14:00:00.000Z",
    minutes: 300,
  });
  await make({
    createdAt: "2026-03-27T09:00:00.000Z",
    reachedOutAt: "2026-03-27T14:00:00.001Z",
    minutes: 300,
  });
  await make({
    createdAt: "2026-03-22T00:00:00.000Z",
    respondBy: null,
    reachedOutAt: "2026-03-23T00:00:00.000Z",
  });
  // The period before: 15 to 21 March, until 15:00.
  await make({ createdAt: "2026-03-21T14:59:59.000Z" });
  await make({ createdAt: "2026-03-21T15:00:00.001Z" });
  await make({ createdAt: "2026-03-15T00:00:00.000Z" });
  await make({ createdAt: "2026-03-14T23:59:59.999Z" });

  const seen = await report();
  expect(seen.received).toEqual({ now: 5, before: 2 });
  // The one of this morning is past its target too: five hours ended at 14:00.
  expect(seen.inTime.now).toEqual({ good: 1, all: 4, share: null });
  expect(seen.byDay.slice(-2)).toMatchObject([
    { day: "2026-03-27", inTime: 1, late: 1, unpromised: 0, pending: 1 },
    { day: "2026-03-28", inTime: 0, late: 0, unpromised: 0, pending: 1 },
  ]);
  expect(seen.byDay[0]).toMatchObject({ day: "2026-03-22", unpromised: 1 });
  expect(seen.period).toEqual({ from: "2026-03-22T00:00:00.000Z", to: now.toISOString() });
  expect(seen.before).toEqual({ from: "2026-03-15T00:00:00.000Z", to: "2026-03-21T15:00:00.000Z" });
});

test("what still has time counts neither way", async () => {
  await make({ createdAt: "2026-03-28T14:00:00.000Z" });
  expect((await report()).inTime.now).toMatchObject({ good: 0, all: 0 });
});

test("waits are those of the contacts made in the period, whenever the lead arrived", async () => {
  for (let minutes = 1; minutes <= 20; minutes++)
    await make({
      createdAt: "2026-01-05T10:00:00.000Z",
      reachedOutAt: `2026-03-25T${String(minutes).padStart(2, "0")}:00:00.000Z`.replace(/T2[4-9]/, "T23"),
      minutes: minutes * 20,
    });
  await make({ createdAt: "2026-03-10T10:00:00.000Z", reachedOutAt: "2026-03-18T10:00:00.000Z", minutes: 9 });
  const seen = await report();
  expect(seen.firstContact.now).toEqual({ samples: 20, median: 200, ninth: 360 });
  expect(seen.firstContact.before).toEqual({ samples: 1, median: null, ninth: null });
  expect(seen.waits.map(({ from, leads }) => [from, leads])).toEqual([
    [0, 1],
    [30, 1],
    [60, 3],
    [120, 3],
    [180, 3],
    [240, 3],
    [300, 6],
    [480, 0],
    [960, 0],
  ]);
  // All on one day of the seven.
  expect(seen.trend.firstContact).toEqual([null, null, null, 200, null, null, null]);
});

test("the oldest pending, and how long the oldest of earlier days had waited", async () => {
  const oldest = await make({ createdAt: "2026-03-24T10:00:00.000Z" });
  await make({ createdAt: "2026-03-27T10:00:00.000Z" });
  // Waited from the 19th to the 26th.
  await make({ createdAt: "2026-03-19T12:00:00.000Z", reachedOutAt: "2026-03-26T12:00:00.000Z", minutes: 1 });
  const seen = await report();
  const { hours } = await readOfficeRules(domain.ctx);
  const waited = (from: string, to: string) => businessMinutesBetween(hours, new Date(from), new Date(to));
  expect(seen.oldestLead).toMatchObject({
    id: oldest,
    firstName: "Zoë",
    createdAt: "2026-03-24T10:00:00.000Z",
  });
  expect(seen.oldestPending).toEqual({
    now: waited("2026-03-24T10:00:00.000Z", now.toISOString()),
    before: waited("2026-03-19T12:00:00.000Z", "2026-03-21T15:00:00.000Z"),
  });
  expect(seen.trend.oldestPending).toEqual([
    ...["23", "24", "25", "26"].map((day) =>
      waited("2026-03-19T12:00:00.000Z", `2026-03-${day}T00:00:00.000Z`),
    ),
    ...["27", "28"].map((day) => waited("2026-03-24T10:00:00.000Z", `2026-03-${day}T00:00:00.000Z`)),
    waited("2026-03-24T10:00:00.000Z", now.toISOString()),
  ]);
});

test("receipts: taken, refused, and those still on their way, which count neither way", async () => {
  const createdAt = "2026-03-27T10:00:00.000Z";
  for (const receipt of ["SENT", "SENT", "SUPPRESSED", "FAILED", "QUEUED", "SENDING"] as const)
    await make({ createdAt, receipt });
  const seen = await report();
  expect(seen.receipts.now).toEqual({ good: 2, all: 4, share: null });
  expect(seen.undelivered).toEqual({ suppressed: 1, failed: 1, waiting: 2 });
  expect(seen.trend.receipts).toEqual([null, null, null, null, null, 0.5, null]);
});

test("uploads that failed, by reason and where most, out of all tries", async () => {
  await make({ createdAt: "2026-03-27T10:00:00.000Z" });
  const failure = (day: string, [reason, browser]: [string, string], total: number) => ({
    ...{ day: new Date(day), reason, browser, sizeBand: 0, total },
  });
  await domain.ctx.db.prisma.uploadFailure.createMany({
    data: [
      failure("2026-03-28", ["too-large", "Chrome on Android"], 7),
      failure("2026-03-27", ["too-large", "Safari on iOS"], 4),
      failure("2026-03-27", ["empty", "other"], 1),
      failure("2026-03-21", ["empty", "other"], 50),
      failure("2026-03-14", ["empty", "other"], 1000),
      // From a later version of the product.
      failure("2026-03-27", ["unheard-of", "other"], 3),
    ],
  });
  const seen = await report();
  expect(seen.uploads.now).toEqual({ good: 15, all: 16, share: null });
  expect(seen.uploads.before).toEqual({ good: 50, all: 50, share: 1 });
  expect(seen.reasons).toEqual([
    { reason: "too-large", total: 11, browser: "Chrome on Android", onBrowser: 7 },
    { reason: "empty", total: 1, browser: "other", onBrowser: 1 },
  ]);
});

test("an answer serves for ten seconds and for everybody who asks at once", async () => {
  const [first, second] = await Promise.all([report(), report()]);
  expect(second).toBe(first);
  await make({ createdAt: "2026-03-28T14:00:00.000Z" });
  domain.passSeconds(9);
  expect((await report()).received.now).toBe(0);
  domain.passSeconds(1);
  expect((await report()).received.now).toBe(1);
});
