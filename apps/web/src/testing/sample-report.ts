import type { Attention, OfficeReport, ReportPeriod } from "@intake/core/reports/schema";
import { sampleId } from "./sample-data";

const day = 24 * 60 * 60 * 1000;
const today = Date.parse("2026-11-24T00:00:00.000Z");

/** The numbers of an office in London on 24 November 2026: every day has ten leads. */
export function sampleReport(days: ReportPeriod, changes: Partial<OfficeReport> = {}): OfficeReport {
  const iso = (at: number) => new Date(at).toISOString();
  const first = today - (days - 1) * day;
  const weekday: [number, number][] = [[540, 1050]];
  const line = [1, 2, null, 4];
  return {
    days,
    period: { from: iso(first), to: "2026-11-24T09:26:00.000Z" },
    before: { from: iso(first - days * day), to: iso(Date.parse("2026-11-24T09:26:00.000Z") - days * day) },
    hours: {
      zone: "Europe/London",
      week: [[], weekday, weekday, weekday, weekday, weekday, []],
      holidays: [],
    },
    targetMinutes: 300,
    received: { now: days * 10, before: days * 9 },
    inTime: { now: { good: 276, all: 305, share: 0.905 }, before: { good: 87, all: 100, share: 0.87 } },
    firstContact: {
      now: { samples: 305, median: 134, ninth: 310 },
      before: { samples: 12, median: null, ninth: null },
    },
    oldestPending: { now: 425, before: 300 },
    oldestLead: {
      ...{ id: sampleId(1), firstName: "Zeynep Gökçe", lastName: "Yıldırım" },
      createdAt: "2026-11-23T10:00:00.000Z",
    },
    uploads: {
      now: { good: 27, all: 1502, share: 27 / 1502 },
      before: { good: 39, all: 1500, share: 0.026 },
    },
    receipts: { now: { good: 300, all: 305, share: 300 / 305 }, before: { good: 0, all: 0, share: null } },
    undelivered: { suppressed: 1, failed: 4, waiting: 2 },
    byDay: Array.from({ length: days }, (_, index) => ({
      ...{ day: iso(first + index * day).slice(0, 10), from: iso(first + index * day) },
      to: iso(first + (index + 1) * day),
      ...{ inTime: 7, late: 2, unpromised: 0, pending: index === days - 2 ? 0 : 1 },
    })),
    waits: [
      { from: 0, to: 300, leads: 276 },
      { from: 300, to: 480, leads: 29 },
      { from: 480, to: null, leads: 0 },
    ],
    reasons: [
      { reason: "too-large", total: 11, browser: "Chrome on Android", onBrowser: 8 },
      { reason: "broken-off", total: 2, browser: "other", onBrowser: 2 },
    ],
    trend: {
      ...{ received: line, inTime: line, firstContact: line },
      ...{ oldestPending: line, uploads: line, receipts: line },
    },
    ...changes,
  };
}

/** An office with nothing to do. */
export function sampleAttention(changes: Partial<Attention> = {}): Attention {
  return {
    pastTarget: { total: 0, isExact: true, worst: null },
    newLeads: { total: 0, isExact: true, since: "2026-11-23T17:40:00.000Z", unassigned: 0 },
    undelivered: { total: 0, isExact: true, newest: null },
    ...changes,
  };
}
