import type { BulkChange, BulkProgress } from "@intake/core/bulk/schema";
import { statusWords } from "../parts/status-badge";

/** `1 lead`, `1,284 leads`. */
export function countWords(count: number): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "lead" : "leads"}`;
}

/** What becomes of the leads: "marked reached out", "assigned to Ana". */
function outcomeWords(change: BulkChange, nameOf: (userId: string) => string): string {
  if (change.kind === "ASSIGN")
    return change.assigneeId === null ? "left to nobody" : `assigned to ${nameOf(change.assigneeId)}`;
  return change.status === "PENDING"
    ? "set back to pending"
    : `marked ${statusWords[change.status].toLowerCase()}`;
}

/** One sentence about how far a change is, or how it ended. */
export function progressWords(progress: BulkProgress, nameOf: (userId: string) => string): string {
  const { state, total, done, skipped, isUndo, change } = progress;
  const outcome = outcomeWords(change, nameOf);
  if (state === "QUEUED" || state === "RUNNING")
    return isUndo ? `Taking back: ${countWords(total)} ${outcome}` : `${countWords(total)} being ${outcome}`;
  const first = isUndo ? `Taken back: ${countWords(done)} as before.` : `${countWords(done)} ${outcome}.`;
  const left = skipped > 0 ? ` ${countWords(skipped)} left alone: changed meanwhile, or so already.` : "";
  const rest = countWords(total - done - skipped);
  if (state === "CANCELLED") return `Cancelled. ${first}${left} ${rest} not touched.`;
  if (state === "FAILED")
    return `Stopped, because you or the new assignee may no longer do this. ${first}${left} ${rest} not touched.`;
  return `${first}${left}`;
}
