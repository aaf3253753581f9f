/** Pure rules about changing many leads; the dialog and the verb ask the same functions. Browser-safe. */
import { can, type Permission } from "../auth/policy";
import type { SignedInUser } from "../auth/schema";
import type { BulkChange } from "./schema";

/** From this number on it has to be typed before it is done. */
export const typedFrom = 31;

/** Minutes for which a finished change can be taken back. */
export const undoMinutes = 60;

/** The permission that a person lacks for this change, or null. */
export function lackedPermission(
  person: Pick<SignedInUser, "role" | "seesResumes">,
  change: Pick<BulkChange, "kind">,
): Permission | null {
  const needed: Permission[] = [
    "leads.change-many",
    change.kind === "STATUS" ? "leads.update-status" : "leads.assign",
  ];
  return needed.find((permission) => !can(person, permission)) ?? null;
}

interface FinishedBulk {
  undoesId: string | null;
  undoneById: string | null;
  done: number;
  finishedAt: Date | null;
}

/** Whether it can be taken back: it has ended within the hour, changed something, and neither is nor has an undo. */
export function canUndo({ undoesId, undoneById, done, finishedAt }: FinishedBulk, now: Date): boolean {
  if (undoesId !== null || undoneById !== null || done === 0 || finishedAt === null) return false;
  return now.getTime() - finishedAt.getTime() < undoMinutes * 60_000;
}
