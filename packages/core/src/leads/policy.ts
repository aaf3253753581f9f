/** Pure rules about leads; the button and the verb ask the same function. Browser-safe. */
import { can } from "../auth/policy";
import type { SignedInUser } from "../auth/schema";
import type { LeadStatus } from "./schema";

type StatusChange = { allowed: true; changes: boolean } | { allowed: false };

/** Whether a person may set this status, and whether that changes anything (setting it twice does not, detail 4.48). */
export function decideStatusChange(
  person: Pick<SignedInUser, "role" | "seesResumes">,
  from: LeadStatus,
  to: LeadStatus,
): StatusChange {
  if (!can(person, "leads.update-status")) return { allowed: false };
  return { allowed: true, changes: from !== to };
}

/** How long a fresh change can be taken back from its toast, in seconds (detail 4.49). */
export const undoSeconds = 10;

/**
 * For how many seconds setting the status back without a word counts as taking the own change back. Longer than the toast offers it:
 * a toast stays while the pointer rests on it, and networks are slow.
 */
export const undoGraceSeconds = 60;
