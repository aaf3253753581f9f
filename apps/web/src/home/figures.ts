import type { BusinessHours } from "@intake/core/office/schema";
import { zoneName } from "../time/moments";

/** `2 h 14 m`, `35 m`, `5 h`, `120 h`: business minutes as people say them, as exact as their length deserves. */
export function minutesInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} m`;
  return rest === 0 || hours >= 100 ? `${count(hours)} h` : `${hours} h ${String(rest).padStart(2, "0")} m`;
}

/** `1,502`. */
export function count(amount: number): string {
  return amount.toLocaleString("en-GB");
}

/** `1,000+` when counting stopped there. */
export function countUpTo({ total, isExact }: { total: number; isExact: boolean }): string {
  return isExact ? count(total) : `${count(total)}+`;
}

/** A share of 0 to 1 in percent: whole from ten to ninety, else cut to the tenth, so that nearly all never reads as all. */
export function percent(share: number): string {
  const value = share * 100;
  const isNearAnEnd = value < 10 || value > 90;
  // What floating point makes of 0.29 must not lose its last tenth.
  const shown = isNearAnEnd ? Math.floor(value * 10 + 1e-9) / 10 : Math.round(value);
  return shown.toLocaleString("en-GB");
}

/** Leads a day, `10.4`. */
export function perDay(total: number, days: number): string {
  return (total / days).toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `Mon–Fri 09:00–17:30`; runs of days with the same hours are told once, from Monday on. */
export function describeWeek({ week }: Pick<BusinessHours, "week">): string {
  const runs: { from: number; to: number; hours: string }[] = [];
  for (const day of [1, 2, 3, 4, 5, 6, 0]) {
    const hours = (week[day] ?? []).map(([from, to]) => `${clockTime(from)}–${clockTime(to)}`).join(" and ");
    const last = runs.at(-1);
    if (last?.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  const open = runs.filter(({ hours }) => hours !== "");
  if (open.length === 0) return "day and night";
  return open
    .map(({ from, to, hours }) => `${weekdays[from]}${from === to ? "" : `–${weekdays[to]}`} ${hours}`)
    .join(", ");
}

/** `09:00` of 540 minutes since midnight. */
export function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `London (GMT/BST)`: the place and the names its time has over the year around a moment. */
export function placeAndZone(at: Date, zone: string): string {
  const year = at.getUTCFullYear();
  const names = [new Date(Date.UTC(year, 0, 15)), new Date(Date.UTC(year, 6, 15))].map((day) =>
    zoneName(day, zone),
  );
  const place = zone.includes("/") ? (zone.split("/").at(-1) ?? zone).replaceAll("_", " ") : zone;
  const told = [...new Set(names)].join("/");
  return place === told ? place : `${place} (${told})`;
}

/** `24 Nov` of `2026-11-24`: a day of the office's calendar, wherever the reader is. */
export function dayInWords(day: string, style: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: "UTC", day: "numeric", month: "short" },
    ...(style === "long" ? { weekday: "short" } : {}),
  }).format(new Date(day));
}

/** `under 30 m`, `30–60 m`, `4–5 h`, `over 16 h`: the name of a bar of waits. */
export function waitInWords({ from, to }: { from: number; to: number | null }): string {
  if (to === null) return `over ${minutesInWords(from)}`;
  if (from === 0) return `under ${minutesInWords(to)}`;
  if (to <= 60) return `${from}–${to} m`;
  if (from % 60 === 0 && to % 60 === 0) return `${from / 60}–${to / 60} h`;
  return `${minutesInWords(from)} – ${minutesInWords(to)}`;
}
