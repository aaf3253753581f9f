import { addBusinessMinutes } from "../office/policy";
import type { OfficeRules } from "../office/read-office-rules";

/** Of the response target, how much may pass before somebody is reminded. */
const reminderShare = 0.5;

/** By when somebody is to have answered, and when to remind of it. Both lie in the office's hours. */
export function promiseOf(
  { hours, targetMinutes }: Pick<OfficeRules, "hours" | "targetMinutes">,
  arrivedAt: Date,
): { respondBy: Date; remindAt: Date } {
  const reminderMinutes = Math.max(1, Math.floor(targetMinutes * reminderShare));
  return {
    respondBy: addBusinessMinutes(hours, arrivedAt, targetMinutes),
    remindAt: addBusinessMinutes(hours, arrivedAt, reminderMinutes),
  };
}
