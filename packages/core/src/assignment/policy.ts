/** Pure rules about being in charge of a lead. Browser-safe. */
import { permissions } from "../auth/policy";
import type { Role } from "../auth/schema";

/** Whether somebody of this role can be in charge of leads: who may not change a lead cannot look after it. */
export function canBeAssigned(role: Role): boolean {
  const roles: readonly Role[] = permissions["leads.update-status"];
  return roles.includes(role);
}

/** Today in a zone, as `2026-11-24`. */
function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(at);
}

interface Absence {
  timeZone: string;
  /** First and last day, `2026-11-24`; null for an open end. */
  awayFrom: string | null;
  awayUntil: string | null;
}

/** Whether a person is away at this moment, by the calendar of their own zone. Nobody is away without a first or last day. */
export function isAway({ timeZone, awayFrom, awayUntil }: Absence, now: Date): boolean {
  if (awayFrom === null && awayUntil === null) return false;
  const today = dayIn(now, timeZone);
  return (awayFrom === null || awayFrom <= today) && (awayUntil === null || today <= awayUntil);
}
