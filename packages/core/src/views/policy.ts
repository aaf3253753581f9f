/** Pure rules about views of the list. Browser-safe. */
import type { z } from "zod";
import { can } from "../auth/policy";
import type { SignedInUser } from "../auth/schema";
import { type ListLeads, listLeadsSchema } from "../leads/schema";
import type { GivenViewKey } from "./schema";

type Person = Pick<SignedInUser, "role" | "seesResumes">;

/** Whether a person may do away with a view: their own, or as an admin one that the office shares. */
export function mayDeleteView(person: Person, view: { isOwn: boolean; isShared: boolean }): boolean {
  return view.isOwn || (view.isShared && can(person, "people.manage"));
}

/** Reads parameters by a schema one by one: a wrong one falls back to its default and is named. */
export function readParameters<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  given: Record<string, string>,
): { value: z.output<z.ZodObject<Shape>>; ignored: string[] } {
  const known = Object.fromEntries(Object.entries(given).filter(([key]) => key in schema.shape));
  const whole = schema.safeParse(known);
  if (whole.success) return { value: whole.data, ignored: [] };
  const wrong = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
  const kept = Object.fromEntries(Object.entries(known).filter(([key]) => !wrong.has(key)));
  return { value: schema.parse(kept), ignored: Object.keys(known).filter((key) => wrong.has(key)) };
}

/** What a kept address asks the server, whatever of it is still understood; always the first page. */
export function queryOfView(address: string): ListLeads {
  const { cursor: _, ...given } = Object.fromEntries(new URLSearchParams(address));
  return readParameters(listLeadsSchema, given).value;
}

/** Names and addresses of the views that everybody has; `weekStart` is the day this week began where the person is. */
export function givenViews(weekStart: string): Record<GivenViewKey, { name: string; address: string }> {
  return {
    new: { name: "New", address: "status=PENDING&unread=true" },
    mine: { name: "Mine", address: "status=PENDING&assignee=me" },
    unassigned: { name: "Unassigned", address: "status=PENDING&assignee=nobody" },
    waiting: { name: "Waiting longest", address: "status=PENDING&sort=respondBy&order=asc" },
    late: { name: "Past the promise", address: "late=true&sort=respondBy&order=asc" },
    "reached-this-week": {
      name: "Reached out this week",
      address: `status=REACHED_OUT&reachedFrom=${weekStart}`,
    },
  };
}

/** The Monday of the week that this moment is in, in that zone, as `2026-11-23`. */
export function weekStartIn(now: Date, timeZone: string): string {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
