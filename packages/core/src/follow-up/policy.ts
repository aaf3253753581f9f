/** Pure rules about leads that wait. Browser-safe. */
import { isAway } from "../assignment/policy";
import type { Role } from "../auth/schema";

interface WaitingLead {
  respondBy: Date;
  remindedAt: Date | null;
  escalatedAt: Date | null;
}

/** What is due about a lead that waits: each reminder and each escalation once, and no reminder when it is too late for one. */
export function nextStep(
  { respondBy, remindedAt, escalatedAt }: WaitingLead,
  now: Date,
): "REMIND" | "ESCALATE" | "NONE" {
  if (respondBy <= now) return escalatedAt === null ? "ESCALATE" : "NONE";
  return remindedAt === null ? "REMIND" : "NONE";
}

/** An active colleague, as far as it matters who hears what. */
export interface Hearer {
  id: string;
  email: string;
  role: Role;
  wantsOwnMail: boolean;
  timeZone: string;
  /** `2026-11-24`. */
  awayFrom: string | null;
  awayUntil: string | null;
}

interface Hearing {
  assigneeId: string | null;
  people: Hearer[];
  /** Addresses that hear of every new lead. */
  teamAddresses: string[];
  now: Date;
}

/**
 * Who is reminded: whoever is in charge, else (nobody is, or they are away, left or want no mail) who hears of new leads, else the
 * admins. Never nobody.
 */
export function reminderAddresses({ assigneeId, people, teamAddresses, now }: Hearing): string[] {
  const assignee = people.find(({ id }) => id === assigneeId);
  if (assignee?.wantsOwnMail && !isAway(assignee, now)) return [assignee.email];
  const away = new Set(people.filter((person) => isAway(person, now)).map(({ email }) => email));
  const team = teamAddresses.filter((address) => !away.has(address));
  return team.length > 0 ? team : adminAddresses(people, now);
}

/** Who hears that the time has passed: the admins who are here, and whoever is in charge. */
export function escalationAddresses({ assigneeId, people, now }: Omit<Hearing, "teamAddresses">): string[] {
  const assignee = people.find(({ id }) => id === assigneeId);
  const own = assignee?.wantsOwnMail && !isAway(assignee, now) ? [assignee.email] : [];
  return [...new Set([...adminAddresses(people, now), ...own])];
}

function adminAddresses(people: Hearer[], now: Date): string[] {
  const admins = people.filter(({ role }) => role === "ADMIN");
  const present = admins.filter((admin) => !isAway(admin, now));
  return (present.length > 0 ? present : admins).map(({ email }) => email);
}
