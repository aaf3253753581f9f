/** What may be done with a file in which state; screens and verbs ask the same functions. Browser-safe. */
import type { ScanState } from "../resumes/schema";
import type { ResumeView, UnviewableReason } from "./schema";

/** What the checks have said about a file. */
export interface CheckedFile {
  scanState: ScanState;
  /** A signature, or a sentence about what is in the file. */
  scanReason: string | null;
  /** By our own verdict it would act by itself when it is opened; a picture of it cannot. */
  hasActiveContent: boolean;
}

type Viewing = { allowed: true } | { allowed: false; reason: UnviewableReason; sentence: string };

/** Whether Safe View may show a file: not while it waits for its check, and never what a virus scanner has locked. */
export function decideViewing(file: CheckedFile): Viewing {
  switch (file.scanState) {
    case "CLEAN":
    case "UNSCANNED":
      return { allowed: true };
    case "PENDING":
      return { allowed: false, reason: "checking", sentence: notChecked };
    case "INFECTED":
      return { allowed: false, reason: "infected", sentence: infected(file) };
    case "UNSCANNABLE":
      return file.hasActiveContent
        ? { allowed: true }
        : { allowed: false, reason: "unscannable", sentence: unscannable(file) };
  }
}

/** Whether the original may be downloaded (security rule 7); without a scanner the person says that they know. */
export function decideDownload(file: CheckedFile): ResumeView["original"] {
  switch (file.scanState) {
    case "CLEAN":
      return { state: "ready", sentence: "Checked: nothing was found. Every download is recorded." };
    case "UNSCANNED":
      return {
        state: "confirm",
        sentence: "No virus scanner has looked at this file. Downloading it anyway is recorded.",
      };
    case "PENDING":
      return { state: "locked", sentence: notChecked };
    case "INFECTED":
      return { state: "locked", sentence: infected(file) };
    case "UNSCANNABLE":
      return { state: "locked", sentence: file.hasActiveContent ? active(file) : unscannable(file) };
  }
}

const notChecked = "Not checked yet. You can open it when the check is done.";
const otherCopy = "Ask the person for another copy.";

function infected({ scanReason }: CheckedFile): string {
  return `This file contains malware${scanReason ? ` (${scanReason})` : ""} and stays locked. ${otherCopy}`;
}

function unscannable({ scanReason }: CheckedFile): string {
  return `This file could not be checked and stays locked${scanReason ? `: ${ended(scanReason)}` : "."} ${otherCopy}`;
}

function active({ scanReason }: CheckedFile): string {
  return `${scanReason ? `${ended(scanReason)} ` : ""}The original stays locked; this view is safe.`;
}

function ended(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

const failures: Partial<Record<UnviewableReason, string>> = {
  password: "This file needs a password to open, so it cannot be shown here.",
  broken: "This file cannot be displayed: it is damaged, or not what its name says.",
  empty: "This file has nothing to show.",
  timeout: "This file takes too long to display.",
  "too-large": "This file is too large to display here.",
  missing: "The file of this lead is missing in storage. Tell whoever runs Intake.",
};

/** Why a file that may be seen cannot be shown, and what helps. */
export function explainUnviewable(reason: UnviewableReason, original: ResumeView["original"]): string {
  const fact = failures[reason] ?? notChecked;
  if (reason === "missing") return fact;
  return `${fact} ${original.state === "locked" ? otherCopy : "Download the original to look at it."}`;
}
