import { dateFormat } from "./formats";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function format(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat("en-GB", { timeZone: zone, ...options }).format(at);
}

/** The calendar day in that zone, as `2026-11-24`, to compare days across summer time. */
export function localDay(at: Date, zone: string): string {
  return dateFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(at);
}

function timeOfDay(at: Date, zone: string): string {
  return format(at, zone, { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** `12 min ago`, `3 h ago`, `yesterday 17:12`, `20 Nov`, `20 Nov 2025`: as exact as the distance deserves. */
export function describeMoment(at: Date, now: Date, zone: string): string {
  const age = now.getTime() - at.getTime();
  // A little ahead of us is a clock that differs, not the future.
  if (age < minute && age > -5 * minute) return "just now";
  const isToday = localDay(at, zone) === localDay(now, zone);
  if (age >= 0 && age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age >= 0 && isToday) return `${Math.floor(age / hour)} h ago`;
  if (localDay(at, zone) === localDay(new Date(now.getTime() - day), zone))
    return `yesterday ${timeOfDay(at, zone)}`;
  const isThisYear = localDay(at, zone).slice(0, 4) === localDay(now, zone).slice(0, 4);
  return format(at, zone, { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
}

/** `13:46 GMT` today, `Wed 25 Nov, 10:30 GMT` on another day: for a moment near the present. */
export function momentWithin(at: Date, now: Date, zone: string): string {
  const time = `${timeOfDay(at, zone)} ${zoneName(at, zone)}`;
  if (localDay(at, zone) === localDay(now, zone)) return time;
  return `${format(at, zone, { weekday: "short", day: "numeric", month: "short" })}, ${time}`;
}

/** `3 May 2026` for the calendar day `2026-05-03`. */
export function dayWords(day: string): string {
  return format(new Date(`${day}T12:00:00Z`), "UTC", { day: "numeric", month: "short", year: "numeric" });
}

/** `Sun 3 May 2026` for the calendar day `2026-05-03`. */
export function weekdayWords(day: string): string {
  return `${format(new Date(`${day}T12:00:00Z`), "UTC", { weekday: "short" })} ${dayWords(day)}`;
}

/** `away until 30 Nov 2026`, `away`: of somebody who is, with their last day or `"open"`. */
export function awayWords(until: string): string {
  return until === "open" ? "away" : `away until ${dayWords(until)}`;
}

/** `24 Nov 2026, 09:14 GMT`. */
export function exactMoment(at: Date, zone: string): string {
  const date = format(at, zone, { day: "numeric", month: "short", year: "numeric" });
  return `${date}, ${timeOfDay(at, zone)} ${zoneName(at, zone)}`;
}

/** `24 Nov 2026, 09:14:07 GMT`. */
export function toTheSecond(at: Date, zone: string): string {
  const second = format(at, zone, { second: "2-digit" }).padStart(2, "0");
  return exactMoment(at, zone).replace(/:\d\d/, (minute) => `${minute}:${second}`);
}

/** The short name of a zone at that moment: `GMT`, `BST`, `GMT+7`. */
export function zoneName(at: Date, zone: string): string {
  const parts = dateFormat("en-GB", { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** `London, GMT`; just `UTC` when that is the zone. */
export function zoneWithPlace(at: Date, zone: string): string {
  const name = zoneName(at, zone);
  const place = zone.split("/").at(-1)?.replaceAll("_", " ");
  return !zone.includes("/") || !place || zone.startsWith("Etc/") ? name : `${place}, ${name}`;
}

/** `40 seconds`, `5 minutes`, `2 hours`: how long to wait, rounded up so that it is never too early. */
export function describeWait(seconds: number): string {
  if (seconds < 60) return count(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 3600) return count(Math.ceil(seconds / 60), "minute");
  return count(Math.ceil(seconds / 3600), "hour");
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** `09:31` on this device's own clock, for people who are not signed in yet. */
export function timeIn(at: Date): string {
  return timeOfDay(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
