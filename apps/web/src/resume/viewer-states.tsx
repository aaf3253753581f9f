import { readFailure } from "@intake/client/failure";
import type { UnviewableReason } from "@intake/core/resume-files/schema";
import {
  FileQuestion,
  FileX,
  KeyRound,
  LoaderCircle,
  Lock,
  RotateCw,
  ShieldAlert,
  TimerOff,
} from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../parts/button";

const reasons: Record<UnviewableReason, { title: string; Icon: typeof Lock; isBad?: boolean }> = {
  checking: { title: "This file is being checked", Icon: LoaderCircle },
  infected: { title: "This file is locked", Icon: ShieldAlert, isBad: true },
  unscannable: { title: "This file is locked", Icon: ShieldAlert, isBad: true },
  missing: { title: "The file is not there", Icon: FileQuestion, isBad: true },
  password: { title: "This file needs a password", Icon: KeyRound },
  broken: { title: "This file cannot be shown", Icon: FileX },
  empty: { title: "There is nothing in this file", Icon: FileX },
  timeout: { title: "This file takes too long to show", Icon: TimerOff },
  "too-large": { title: "This file is too large to show", Icon: FileX },
};

interface UnviewableProps {
  reason: UnviewableReason;
  sentence: string;
  /** The ways on. */
  children?: ReactNode;
}

/** Why there is nothing to see of a file, and the way on. */
export function Unviewable({ reason, sentence, children }: UnviewableProps) {
  const { title, Icon, isBad = false } = reasons[reason];
  return (
    <ViewerMessage
      title={title}
      icon={<Icon size={28} strokeWidth={1.25} aria-hidden />}
      isBad={isBad}
      actions={children}
    >
      {sentence}
    </ViewerMessage>
  );
}

/** This person may not read resumes. */
export function ViewerDenied({ children }: { children: string }) {
  return (
    <ViewerMessage
      title="You cannot read this resume"
      icon={<Lock size={28} strokeWidth={1.25} aria-hidden />}
    >
      {children}
    </ViewerMessage>
  );
}

/** The question for the file failed. */
export function ViewerFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message, requestId } = readFailure(error);
  const isBusy = code === "SERVICE_UNAVAILABLE" || code === "TOO_MANY_REQUESTS";
  return (
    <ViewerMessage
      title={isBusy ? "Other files are being read right now" : "The resume could not be opened"}
      icon={<FileX size={28} strokeWidth={1.25} aria-hidden />}
      actions={
        code === "FORBIDDEN" ? null : (
          <Button onPress={onRetry}>
            <RotateCw size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
            Try again
          </Button>
        )
      }
    >
      {message}
      {requestId && !isBusy ? ` Request ${requestId}.` : null}
    </ViewerMessage>
  );
}

interface ViewerMessageProps {
  title: string;
  icon: ReactNode;
  isBad?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}

function ViewerMessage({ title, icon, isBad = false, children, actions }: ViewerMessageProps) {
  return (
    <div className="m-auto grid max-w-104 justify-items-center gap-3 px-6 py-12 text-center">
      <span className={isBad ? "text-danger" : "text-fg-3"}>{icon}</span>
      <h3 className="font-display text-[1.25rem] leading-7 font-medium text-balance">{title}</h3>
      <p role="status" className="text-md text-balance text-fg-2 wrap-anywhere">
        {children}
      </p>
      {actions ? <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** A sheet that is on its way; unseen for the first 150 ms. */
export function ViewerSkeleton() {
  return (
    <div className="appear-late well overflow-hidden! p-4">
      <p role="status" className="sr-only">
        Opening the resume
      </p>
      <div
        data-theme="light"
        aria-hidden
        className="@container mx-auto aspect-[210/297] w-full max-w-[62rem] bg-sheet shadow-2"
      >
        <div className="grid content-start gap-[2.5cqw] p-[9cqw]">
          <span className="skeleton h-[3cqw] w-2/5" />
          <span className="skeleton h-[1.6cqw] w-3/5" />
          <span className="skeleton mt-[3cqw] h-[1.6cqw] w-full" />
          <span className="skeleton h-[1.6cqw] w-11/12" />
          <span className="skeleton h-[1.6cqw] w-4/5" />
        </div>
      </div>
    </div>
  );
}
