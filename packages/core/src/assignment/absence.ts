import { isAway } from "./policy";
import type { AwayUntil } from "./schema";

/** The columns that say when somebody is away. */
export const absenceSelect = { timeZone: true, awayFrom: true, awayUntil: true } as const;

interface AbsenceColumns {
  timeZone: string;
  awayFrom: Date | null;
  awayUntil: Date | null;
}

/** Until when somebody is away who is away at this moment. */
export function awayUntilOf({ timeZone, awayFrom, awayUntil }: AbsenceColumns, now: Date): AwayUntil {
  const until = toDay(awayUntil);
  return isAway({ timeZone, awayFrom: toDay(awayFrom), awayUntil: until }, now) ? (until ?? "open") : null;
}

/** A date column comes as midnight UTC of its day. */
export function toDay(date: Date): string;
export function toDay(date: Date | null): string | null;
export function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
