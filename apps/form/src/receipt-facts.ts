/** The receipt's facts as people read them. */
import type { ResumeSummary } from "@intake/core/resumes/schema";

/** The first eight hex digits of the file's SHA-256: `9F3A 21C7`. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)}`.toUpperCase();
}

/** `Tuesday 24 November 2026, 09:14` and `London time (GMT)` for an ISO time in an IANA zone. */
export function describeMoment(iso: string, timeZone: string): { moment: string; zone: string } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  const parts = new Map(format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const city = timeZone.includes("/")
    ? timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ")
    : null;
  return {
    moment: `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")}`,
    zone: city && city !== "UTC" ? `${city} time (${part("timeZoneName")})` : part("timeZoneName"),
  };
}

/** What to do when nobody at the office may open the file; null while it is not locked. */
export function describeLock({
  scanState,
  scanReason,
}: Pick<ResumeSummary, "scanState" | "scanReason">): string | null {
  const wayOn = "Answer the mail we sent you and attach another copy, printed or saved as a new PDF.";
  switch (scanState) {
    case "INFECTED":
      return `Our virus scanner stopped this file, so we cannot open it. ${wayOn}`;
    case "UNSCANNABLE":
      return `We could not open this file safely${scanReason ? `: ${scanReason}` : "."} ${wayOn}`;
    default:
      return null;
  }
}
