import type { LeadStatus } from "@intake/core/leads/schema";
import { Check } from "lucide-react";

/** The word for a status on every screen. */
export const statusWords: Record<LeadStatus, string> = { PENDING: "Pending", REACHED_OUT: "Reached out" };

/** Shape and word first, colour last. */
export function StatusBadge({ status, filled = true }: { status: LeadStatus; filled?: boolean }) {
  const box =
    "inline-flex h-5 items-center gap-[0.3125rem] rounded-1 pe-[0.4375rem] ps-[0.3125rem] text-xs font-medium whitespace-nowrap";
  if (status === "PENDING") {
    return (
      <span className={`${box} bg-pending-bg text-pending`}>
        <span className="size-[9px] flex-none rounded-full border-2 border-pending-mark" />
        {statusWords.PENDING}
      </span>
    );
  }
  return (
    <span className={`${box} text-done ${filled ? "bg-done-bg" : ""}`}>
      <Check size={12} strokeWidth={2.25} aria-hidden />
      {statusWords.REACHED_OUT}
    </span>
  );
}
