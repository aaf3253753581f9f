import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { ResumeView } from "@intake/core/resume-files/schema";
import type { ResumeSummary } from "@intake/core/resumes/schema";
import { Download } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { useShortcuts } from "../shell/shortcuts";
import { describeScan } from "./scan-words";
import { useOriginal } from "./use-original";

const UncheckedDialog = lazy(() =>
  import("./unchecked-dialog").then((module) => ({ default: module.UncheckedDialog })),
);

interface DownloadButtonProps {
  leadId: string;
  resume: ResumeSummary;
  /** What the server says about the original; until it has, the file's state must do. */
  original: ResumeView["original"] | undefined;
  user: SignedInUser;
}

/** The original, as an act of its own that the history notes. One that nobody has checked is asked about once. */
export function DownloadButton({ leadId, resume, original, user }: DownloadButtonProps) {
  const id = useId();
  const download = useOriginal({ leadId, resumeId: resume.id });
  const [isAsking, setAsking] = useState(false);
  const [isConfirmed, setConfirmed] = useState(false);

  const lock = findLock(resume, original, user);
  const needsConfirmation =
    (original?.state ?? (resume.scanState === "UNSCANNED" ? "confirm" : "ready")) === "confirm";
  function start(): void {
    if (download.isPending) return;
    if (needsConfirmation && !isConfirmed) setAsking(true);
    else download.mutate(needsConfirmation);
  }
  useShortcuts({ "resume.download": lock === null ? start : undefined });

  return (
    <>
      <Button
        isDisabled={lock !== null}
        aria-describedby={lock === null ? undefined : id}
        onPress={start}
        className="ms-auto"
      >
        <Download size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
        <span className="sr-only @min-[38rem]:not-sr-only">Download</span>
        {lock === null ? <KeyCap>D</KeyCap> : null}
      </Button>
      {lock === null ? null : (
        <p id={id} className="sr-only">
          {lock}
        </p>
      )}
      <Suspense>
        {isAsking ? (
          <UncheckedDialog
            fileName={resume.fileName}
            onClose={() => setAsking(false)}
            onDownload={() => {
              setAsking(false);
              setConfirmed(true);
              download.mutate(true);
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}

/** Why the original stays where it is, or null. */
function findLock(
  resume: ResumeSummary,
  original: ResumeView["original"] | undefined,
  user: SignedInUser,
): string | null {
  if (!can(user, "resumes.download")) return explainDenial("resumes.download");
  if (original) return original.state === "locked" ? original.sentence : null;
  const scan = describeScan(resume.scanState, resume.scanReason);
  return scan.mayOpen ? null : scan.sentence;
}
