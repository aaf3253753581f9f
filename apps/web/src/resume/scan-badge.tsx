import type { ScanState } from "@intake/core/resumes/schema";
import { LoaderCircle, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { describeScan } from "./scan-words";

const icons = { good: ShieldCheck, plain: ShieldQuestion, waiting: LoaderCircle, bad: ShieldAlert };
const colors = {
  good: "bg-done-bg text-done",
  plain: "bg-sunken text-fg-2",
  waiting: "bg-pending-bg text-pending",
  bad: "bg-danger-bg text-danger",
};

/** How the check of a file stands: shape and word first, colour last. */
export function ScanBadge({ state }: { state: ScanState }) {
  const { badge, tone, sentence } = describeScan(state);
  const Icon = icons[tone];
  return (
    <span
      title={sentence}
      className={`inline-flex h-5 flex-none items-center gap-1 rounded-1 px-1.5 text-xs font-medium ${colors[tone]}`}
    >
      <Icon size={12} strokeWidth={2} aria-hidden />
      {badge}
    </span>
  );
}
