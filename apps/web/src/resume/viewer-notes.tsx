import type { ResumeView } from "@intake/core/resume-files/schema";
import { History, ScanText, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../parts/button";
import { Moment } from "../time/moment";

interface ViewerNotesProps {
  opened: ResumeView | undefined;
  /** When it came, for a file that is not the newest. */
  olderFrom: string | null;
  onSeeNewest: () => void;
}

/** What a reader should know before trusting what they see, in quiet lines above the document. */
export function ViewerNotes({ opened, olderFrom, onSeeNewest }: ViewerNotesProps) {
  const isShown = opened !== undefined && opened.view.kind !== "none";
  return (
    <>
      {olderFrom ? (
        <Note Icon={History}>
          <p>
            You are reading an older version, added <Moment at={olderFrom} />.
          </p>
          <Button look="quiet" onPress={onSeeNewest} className="-my-1.5 text-ink!">
            See the newest
          </Button>
        </Note>
      ) : null}
      {isShown && opened.original.state === "locked" ? (
        <Note Icon={ShieldAlert} isWarning>
          <p>{opened.original.sentence}</p>
        </Note>
      ) : null}
      {isShown && opened.hasText === false ? (
        <Note Icon={ScanText}>
          <p>This looks like a scan: it has no text to search or copy.</p>
        </Note>
      ) : null}
    </>
  );
}

function Note({
  Icon,
  isWarning = false,
  children,
}: {
  Icon: typeof History;
  isWarning?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-6 py-2 max-md:px-4 ${isWarning ? "bg-pending-bg text-fg" : "bg-surface text-fg-2"}`}
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={`flex-none ${isWarning ? "text-pending" : "text-fg-3"}`}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">{children}</div>
    </div>
  );
}
