import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";
import type { ReportPeriod } from "./schema";

/** A day of the office's calendar, from its midnight on. */
export interface CalendarDay {
  /** `2026-11-24`. */
  day: string;
  from: Date;
}

/** The days a report counts. */
export interface Calendar {
  now: Date;
  days: CalendarDay[];
  /** The days before them, as many; the last only up to `beforeEnd`, so that equal stretches are compared. */
  daysBefore: CalendarDay[];
  beforeEnd: Date;
}

/** The calendar of a period in the office's zone: its days begin at midnight there, also on the days the clocks change. */
export async function findCalendar(
  ctx: Pick<Context, "db" | "now" | "settings">,
  period: ReportPeriod,
): Promise<Calendar> {
  const now = ctx.now();
  const zone = ctx.settings.officeTimeZone;
  const local = Prisma.sql`(${now}::timestamptz AT TIME ZONE ${zone}::text)`;
  const rows = await queryPreparedRows<CalendarDay & { before_end: Date }>(
    ctx.db,
    Prisma.sql`SELECT to_char(day, 'YYYY-MM-DD') AS day, day AT TIME ZONE ${zone}::text AS from,
        (${local} - ${period}::int * interval '1 day') AT TIME ZONE ${zone}::text AS before_end
      FROM generate_series(${local}::date - (2 * ${period}::int - 1) * interval '1 day', ${local}::date::timestamp, interval '1 day') AS day
      ORDER BY day`,
  );
  const days = rows.map(({ day, from }) => ({ day, from }));
  return {
    now,
    days: days.slice(period),
    daysBefore: days.slice(0, period),
    beforeEnd: rows[0]?.before_end ?? now,
  };
}

/**
 * Moments that cut time for `width_bucket`: bucket n (from 1) is what lies between the nth moment and the next. The stretch between
 * `beforeEnd` and the first day of the period has a bucket of its own, which nobody counts.
 */
export function cuts({ daysBefore, beforeEnd, days }: Calendar): Date[] {
  return [...daysBefore.map(({ from }) => from), beforeEnd, ...days.map(({ from }) => from)];
}

/** What was counted in each bucket of `cuts`, back on its day; `none` for days without a row. */
export function onDays<Count>(
  { daysBefore, days }: Calendar,
  { rows, none }: { rows: readonly (Count & { bucket: number })[]; none: Count },
): { now: Count[]; before: Count[] } {
  const counts = new Map<number, Count>(rows.map((row) => [row.bucket, row]));
  return {
    before: daysBefore.map((_, index) => counts.get(index + 1) ?? none),
    now: days.map((_, index) => counts.get(daysBefore.length + 2 + index) ?? none),
  };
}

/** A few days in a row, counted by one statement. */
export interface Slice {
  from: Date;
  /** Not included. */
  to: Date;
  days: CalendarDay[];
}

/**
 * Both periods cut into equal parts, and what lies between them: many short statements instead of a long one, which in a large office would
 * hold up everybody else's.
 */
export function sliceCalendar(
  { days, daysBefore, beforeEnd, now }: Calendar,
  parts: number,
): { now: Slice[]; before: Slice[]; between: Slice } {
  // The moment of counting is part of the period.
  const end = new Date(now.getTime() + 1);
  return {
    now: sliceDays(days, { parts, end }),
    before: sliceDays(daysBefore, { parts, end: beforeEnd }),
    between: { from: beforeEnd, to: days[0]?.from ?? now, days: [] },
  };
}

function sliceDays(days: CalendarDay[], { parts, end }: { parts: number; end: Date }): Slice[] {
  const size = days.length / parts;
  return Array.from({ length: parts }, (_, part) => ({
    from: days[part * size]?.from ?? end,
    to: days[(part + 1) * size]?.from ?? end,
    days: days.slice(part * size, (part + 1) * size),
  }));
}

/** Statements of one report that run at once; the pool is everybody's. */
const atOnce = 3;

/** Does the work of each slice, in order. */
export async function countSlices<Count>(
  slices: readonly Slice[],
  work: (slice: Slice) => Promise<Count>,
): Promise<Count[]> {
  const counts: Count[] = [];
  for (let start = 0; start < slices.length; start += atOnce)
    counts.push(...(await Promise.all(slices.slice(start, start + atOnce).map(work))));
  return counts;
}
