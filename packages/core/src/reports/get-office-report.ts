import type { Context } from "../context";
import { businessMinutesBetween } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";
import { type CalendarDay, findCalendar } from "./calendar";
import { type Arrivals, countArrivals, received, sumArrivals } from "./count-arrivals";
import { countContacts } from "./count-contacts";
import { countFailures } from "./count-failures";
import { countOpenReceipts, type OpenReceipts, sumReceipts } from "./count-receipts";
import { findOldest, oldestInThePast } from "./find-oldest";
import { keepBriefly } from "./keep-briefly";
import { histogram, rateOf, roughMedian, roughShare, summarizeWaits, sumParts, trendPoints } from "./policy";
import type { AskReport, OfficeReport, Rate } from "./schema";

type ReportContext = Pick<Context, "db" | "now" | "settings">;

/** For how long an answer serves everybody who asks this process, in seconds. */
const freshSeconds = 10;

const kept = keepBriefly<OfficeReport>(freshSeconds);

/** The office's numbers over a period (details, part J), at most ten seconds old. */
export function getOfficeReport(ctx: ReportContext, { days }: AskReport): Promise<OfficeReport> {
  return kept(ctx, { key: days, make: () => makeReport(ctx, days) });
}

async function makeReport(ctx: ReportContext, period: AskReport["days"]): Promise<OfficeReport> {
  const calendar = await findCalendar(ctx, period);
  const parts = trendPoints[period];
  const [{ hours, targetMinutes }, arrivals, contacts, receipts, failures, oldest] = await Promise.all([
    readOfficeRules(ctx),
    countArrivals(ctx, { calendar, parts }),
    countContacts(ctx, { calendar, parts }),
    countOpenReceipts(ctx, calendar),
    countFailures(ctx, calendar),
    findOldest(ctx),
  ]);
  const { now } = calendar;
  const firstDay = calendar.days[0]?.from ?? now;
  const firstDayBefore = calendar.daysBefore[0]?.from ?? firstDay;
  const waits = contacts.parts.flatMap((part) => part.waits);
  const past = oldestInThePast({ calendar, contacts, oldest, hours });
  const open = sumReceipts(receipts.now);
  const inParts = cutInto(parts, { arrivals: arrivals.now, receipts: receipts.now });
  const failuresOfParts = sumParts(failures.now, parts);
  return {
    days: period,
    period: spanOf(firstDay, now),
    before: spanOf(firstDayBefore, calendar.beforeEnd),
    hours,
    targetMinutes,
    received: both(arrivals, (days) => received(sumArrivals(days))),
    inTime: both(arrivals, (days) => inTimeOf(sumArrivals(days))),
    firstContact: { now: summarizeWaits(waits), before: summarizeWaits(contacts.before.waits) },
    oldestPending: {
      now: oldest ? businessMinutesBetween(hours, oldest.createdAt, now) : null,
      before: past.before,
    },
    oldestLead: oldest && { ...oldest, createdAt: oldest.createdAt.toISOString() },
    uploads: {
      now: failedOf(sumOf(failures.now), received(sumArrivals(arrivals.now))),
      before: failedOf(sumOf(failures.before), received(sumArrivals(arrivals.before))),
    },
    receipts: {
      now: deliveredOf(open, received(sumArrivals(arrivals.now))),
      before: deliveredOf(sumReceipts(receipts.before), received(sumArrivals(arrivals.before))),
    },
    undelivered: open,
    byDay: calendar.days.map((day, index) =>
      reportDay(day, calendar.days[index + 1]?.from ?? now, arrivals.now[index]),
    ),
    waits: histogram(waits, targetMinutes),
    reasons: failures.reasons,
    trend: {
      received: inParts.map((part) => (received(part.arrivals) * parts) / period),
      inTime: inParts.map((part) => shareOf(inTimeOf(part.arrivals))),
      firstContact: contacts.parts.map((part) => roughMedian(part.waits)),
      oldestPending: past.trend,
      uploads: inParts.map((part, index) =>
        shareOf(failedOf(failuresOfParts[index] ?? 0, received(part.arrivals))),
      ),
      receipts: inParts.map((part) => shareOf(deliveredOf(part.receipts, received(part.arrivals)))),
    },
  };
}

function spanOf(from: Date, to: Date): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}

function both<Day, Value>(
  counted: { now: Day[]; before: Day[] },
  count: (days: Day[]) => Value,
): { now: Value; before: Value } {
  return { now: count(counted.now), before: count(counted.before) };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Of those answered and those whose time is up. What still has time counts neither way. */
function inTimeOf({ inTime, late, overdue }: Arrivals): Rate {
  return rateOf(inTime, inTime + late + overdue);
}

/** A try is a lead that arrived or a failure that was counted. */
function failedOf(failures: number, leads: number): Rate {
  return rateOf(failures, failures + leads);
}

function deliveredOf({ suppressed, failed, waiting }: OpenReceipts, leads: number): Rate {
  return rateOf(leads - waiting - suppressed - failed, leads - waiting);
}

function shareOf({ good, all }: Rate): number | null {
  return roughShare(good, all);
}

/** Equal parts of the period, each with its sums. */
function cutInto(
  parts: number,
  { arrivals, receipts }: { arrivals: Arrivals[]; receipts: OpenReceipts[] },
): { arrivals: Arrivals; receipts: OpenReceipts }[] {
  const size = arrivals.length / parts;
  return Array.from({ length: parts }, (_, part) => ({
    arrivals: sumArrivals(arrivals.slice(part * size, (part + 1) * size)),
    receipts: sumReceipts(receipts.slice(part * size, (part + 1) * size)),
  }));
}

function reportDay({ day, from }: CalendarDay, to: Date, arrivals?: Arrivals): OfficeReport["byDay"][number] {
  const { inTime = 0, late = 0, unpromised = 0, pending = 0 } = arrivals ?? {};
  return { day, ...spanOf(from, to), inTime, late, unpromised, pending };
}
