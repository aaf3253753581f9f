/**
 * Business time: what of a stretch of time the office was open. Browser-safe and pure.
 *
 * The office is open at a moment when the clock on its wall says so: on the night the clocks change, a span in the hour that comes twice
 * counts twice and one in the hour that is left out counts not at all. An office without hours is open always, holidays included.
 */
import type { BusinessHours, OpenSpan } from "./schema";

const minute = 60_000;
const day = 24 * 60 * minute;
/** How far the clocks of the earth are before and behind UTC, rounded up. */
const furthestEast = 15 * 60 * minute;
const furthestWest = 13 * 60 * minute;
/** The loneliest week there may be (one minute) still yields an hour within these days; more than any target asks for. */
const mostDays = 40_000;

/** Whether the office is open at this moment. */
export function isOpen(hours: BusinessHours, at: Date): boolean {
  if (isAlwaysOpen(hours)) return true;
  const time = at.getTime();
  return stretchesOf(hours, localDay(hours.zone, time)).some(([from, to]) => from <= time && time < to);
}

/** Whole minutes the office was open from one moment to a later one; 0 when the second is not later. */
export function businessMinutesBetween(hours: BusinessHours, from: Date, to: Date): number {
  const start = from.getTime();
  const end = to.getTime();
  if (!(start < end)) return 0;
  if (isAlwaysOpen(hours)) return Math.floor((end - start) / minute);
  let open = 0;
  const last = localDay(hours.zone, end);
  for (let date = localDay(hours.zone, start); date <= last; date += day)
    for (const [opens, closes] of stretchesOf(hours, date))
      open += Math.max(0, Math.min(closes, end) - Math.max(opens, start));
  return Math.floor(open / minute);
}

/**
 * The moment at which the office will have been open for so many minutes (at least 1), counted from a moment. It is never outside the
 * office's hours: work that would end after closing time goes on when the office opens again.
 */
export function addBusinessMinutes(hours: BusinessHours, from: Date, minutes: number): Date {
  const start = from.getTime();
  let left = minutes * minute;
  if (isAlwaysOpen(hours)) return new Date(start + left);
  let date = localDay(hours.zone, start);
  for (let days = 0; days < mostDays; days++, date += day)
    for (const [opens, closes] of stretchesOf(hours, date)) {
      const begins = Math.max(opens, start);
      if (begins + left <= closes && begins < closes) return new Date(begins + left);
      left -= Math.max(0, closes - begins);
    }
  return new Date(start + left);
}

/** The day's date (`2026-11-24`) where the office is. */
export function officeDate(zone: string, at: Date): string {
  return new Date(localDay(zone, at.getTime())).toISOString().slice(0, 10);
}

/** Whether this is a day the office works at all. */
export function isWorkingDay(hours: BusinessHours, date: string): boolean {
  if (isAlwaysOpen(hours)) return true;
  return spansOf(hours, Date.parse(date)).length > 0;
}

function isAlwaysOpen({ week }: BusinessHours): boolean {
  return week.every((spans) => spans.length === 0);
}

/** A calendar day as the midnight in UTC that bears its date. */
type CalendarDay = number;
type Stretch = readonly [from: number, to: number];

function localDay(zone: string, time: number): CalendarDay {
  return Math.floor((time + offsetAt(zone, time)) / day) * day;
}

function spansOf(hours: BusinessHours, date: CalendarDay): readonly OpenSpan[] {
  const weekday = new Date(date).getUTCDay();
  const spans = hours.week[weekday] ?? [];
  if (spans.length === 0) return [];
  return hours.holidays.includes(new Date(date).toISOString().slice(0, 10)) ? [] : spans;
}

/** Days that were worked out, per hours: lists and reports ask for the same ones again and again. */
const knownStretches = new WeakMap<BusinessHours, Map<CalendarDay, Stretch[]>>();
const mostKnownDays = 2_000;

/** When the office is open on a day, as moments in order. */
function stretchesOf(hours: BusinessHours, date: CalendarDay): Stretch[] {
  const known = knownStretches.get(hours) ?? new Map<CalendarDay, Stretch[]>();
  knownStretches.set(hours, known);
  let stretches = known.get(date);
  if (!stretches) {
    stretches = findStretches(hours, date);
    if (known.size >= mostKnownDays) known.clear();
    known.set(date, stretches);
  }
  return stretches;
}

function findStretches(hours: BusinessHours, date: CalendarDay): Stretch[] {
  const spans = spansOf(hours, date);
  if (spans.length === 0) return [];
  const earliest = date - furthestEast;
  const latest = date + day + furthestWest;
  const before = offsetAt(hours.zone, earliest);
  const after = offsetAt(hours.zone, latest);
  const at = (offset: number): Stretch[] =>
    spans.map(([from, to]) => [date + from * minute - offset, date + to * minute - offset]);
  if (before === after) return at(before);
  const change = findChange(hours.zone, earliest, latest);
  const stretches: Stretch[] = [
    ...at(before).map(([from, to]): Stretch => [from, Math.min(to, change)]),
    ...at(after).map(([from, to]): Stretch => [Math.max(from, change), to]),
  ];
  return stretches.filter(([from, to]) => from < to);
}

/** The moment between two at which the zone changes its clocks. */
function findChange(zone: string, earliest: number, latest: number): number {
  const before = offsetAt(zone, earliest);
  let [low, high] = [earliest, latest];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are before UTC at a moment, in milliseconds. */
function offsetAt(zone: string, time: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const [, sign, hours, minutes, seconds] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(format.format(time)) ?? [];
  if (!sign) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds ?? 0) * 1000;
  return sign === "-" ? -size : size;
}
