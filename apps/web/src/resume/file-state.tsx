import type { ResumeSummary } from "@intake/core/resumes/schema";
import { FileText, LoaderCircle, ShieldAlert } from "lucide-react";
import { describeFile, describeScan } from "./scan-words";

const icons = { plain: FileText, good: FileText, waiting: LoaderCircle, bad: ShieldAlert };

/** Format and state of a resume in one line of a list. */
export function FileState({ resume }: { resume: ResumeSummary }) {
  const { tone, sentence } = describeScan(resume.scanState, resume.scanReason);
  const Icon = icons[tone];
  return (
    <span
      title={tone === "bad" ? sentence : undefined}
      className={`num inline-flex items-center gap-1.5 whitespace-nowrap ${tone === "bad" ? "font-medium text-danger" : "text-fg-2"}`}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      {describeFile(resume)}
    </span>
  );
}
