import { dateFormat, knownZone } from "./formats";

/** Until when calling somebody is polite, on their own clock. */
const firstHour = 9;
const lastHour = 18;

/** What a prospect's clock says. */
export interface TheirTime {
  /** `16:26 in Ho Chi Minh`, with the day where it is not the reader's. */
  words: string;
  /** Whether their offices are open, as far as a clock can tell. */
  isOfficeHours: boolean;
}

/** The time where a prospect is; null when their zone is not known, or not known to this browser. */
export function theirTime(zone: string | null, now: Date, ownZone: string): TheirTime | null {
  if (zone === null || knownZone(zone) !== zone) return null;
  const read = (timeZone: string, options: Intl.DateTimeFormatOptions) =>
    dateFormat("en-GB", { timeZone, ...options }).format(now);
  const time = read(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const weekday = (timeZone: string) => read(timeZone, { weekday: "long" });
  const day = weekday(zone) === weekday(ownZone) ? "" : `${weekday(zone)} `;
  const place = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  const hour = Number(time.slice(0, 2));
  const isWorkday = !["Saturday", "Sunday"].includes(weekday(zone));
  return {
    words: `${day}${time} in ${place}`,
    isOfficeHours: isWorkday && hour >= firstHour && hour < lastHour,
  };
}
