import { can, explainDenial } from "@intake/core/auth/policy";
import type { Role } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { formatBytes } from "@intake/core/resumes/schema";
import { Download, FileText, LoaderCircle, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { describeScan, shortHash } from "../resume/scan-words";

const scanIcons = { good: ShieldCheck, plain: ShieldQuestion, waiting: LoaderCircle, bad: ShieldAlert };
const scanColors = {
  good: "bg-done-bg text-done",
  plain: "bg-sunken text-fg-2",
  waiting: "bg-pending-bg text-pending",
  bad: "bg-danger-bg text-danger",
};

interface ResumeCardProps {
  resume: Lead["resume"];
  role: Role;
  isLoading: boolean;
  onDownload: () => void;
}

/** The file as a sheet of paper in the well: what it is, whether it is safe, and the way to open it. */
export function ResumeCard({ resume, role, isLoading, onDownload }: ResumeCardProps) {
  const scan = describeScan(resume.scanState);
  const isAllowed = can(role, "resumes.download");
  const mayOpen = isAllowed && scan.mayOpen;
  // A locked file has said why already.
  const wayOn = isAllowed
    ? scan.mayOpen
      ? "Open the file on your computer. Every download is noted in the history."
      : null
    : explainDenial("resumes.download");
  const ScanIcon = scanIcons[scan.tone];
  return (
    <section aria-label="Resume" className="grid gap-4 rounded-1 border border-line bg-surface p-5 shadow-1">
      <div className="flex items-start gap-3">
        <FileText size={28} strokeWidth={1.25} aria-hidden className="flex-none text-fg-2" />
        <div className="min-w-0 flex-1">
          <h2 className="text-md leading-5 font-semibold wrap-anywhere">
            <bdi>{resume.fileName}</bdi>
          </h2>
          <p className="num mt-0.5 text-fg-2">
            {resume.format}, {formatBytes(resume.sizeBytes)}
          </p>
        </div>
      </div>
      <div className="grid gap-1.5">
        <p
          className={`inline-flex h-5 items-center gap-1 justify-self-start rounded-1 px-1.5 text-xs font-medium ${scanColors[scan.tone]}`}
        >
          <ScanIcon size={12} strokeWidth={2} aria-hidden />
          {scan.badge}
        </p>
        <p id="scan-state" className="text-fg-2">
          {scan.sentence}
        </p>
      </div>
      <div className="print:hidden grid gap-1.5">
        <Button
          isDisabled={!mayOpen}
          aria-describedby={wayOn === null ? "scan-state" : "resume-way"}
          onPress={isLoading ? undefined : onDownload}
          className="justify-self-start"
        >
          <Download size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          {isLoading ? "Downloading" : "Download"}
          {mayOpen ? <KeyCap>D</KeyCap> : null}
        </Button>
        {wayOn === null ? null : (
          <p id="resume-way" className="text-xs text-fg-3">
            {wayOn}
          </p>
        )}
      </div>
      <p className="num border-t border-line pt-3 text-xs text-fg-3" title={`SHA-256 ${resume.sha256}`}>
        Check sum <span className="font-mono">{shortHash(resume.sha256)}</span>, the same as on the receipt
      </p>
    </section>
  );
}
