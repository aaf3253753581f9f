import { dateFormat } from "./formats";
import { localDay } from "./moments";

const day = 24 * 60 * 60 * 1000;

/** The moment at which a calendar day such as `2026-11-24` begins in that zone, also on days when clocks change. */
export function startOfDay(date: string, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  const guess = new Date(wanted - offsetAt(new Date(wanted), zone));
  // Once more: between the guess and midnight the clocks may have changed.
  return new Date(wanted - offsetAt(guess, zone));
}

/** How far that zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: Date, zone: string): number {
  const time = dateFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  return Date.parse(`${time.replace(" ", "T")}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}

/** The calendar day so many days after another. */
export function shiftDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** A span of days as the list is asked for it: from the first midnight up to the midnight after the last day. */
export function momentOf(date: string, zone: string, edge: "from" | "to"): string {
  return startOfDay(edge === "to" ? shiftDay(date, 1) : date, zone).toISOString();
}

/** The calendar day in that zone which an edge of such a span means; days stay days. */
export function dayOf(value: string, zone: string, edge: "from" | "to"): string {
  if (!value.includes("T")) return value;
  return localDay(new Date(Date.parse(value) - (edge === "to" ? 1 : 0)), zone);
}
