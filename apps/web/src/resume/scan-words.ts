import type { ResumeSummary } from "@intake/core/resumes/schema";
import { formatBytes } from "@intake/core/resumes/schema";

type ScanState = ResumeSummary["scanState"];

interface ScanWords {
  /** Beside the format in a list; empty when there is nothing to say. */
  short: string;
  /** A badge on the file. */
  badge: string;
  /** What it means for the reader. */
  sentence: string;
  tone: "plain" | "good" | "waiting" | "bad";
  mayOpen: boolean;
}

const words: Record<ScanState, ScanWords> = {
  CLEAN: {
    short: "",
    badge: "Clean",
    sentence: "Checked for malware, nothing found.",
    tone: "good",
    mayOpen: true,
  },
  UNSCANNED: {
    short: "",
    badge: "Not scanned",
    sentence: "No scanner is set up here, so nobody has checked this file for malware. Open it with care.",
    tone: "plain",
    mayOpen: true,
  },
  PENDING: {
    short: "checking",
    badge: "Checking",
    sentence: "Not checked yet. You can open it when the check is done.",
    tone: "waiting",
    mayOpen: false,
  },
  INFECTED: {
    short: "infected",
    badge: "Infected",
    sentence: "This file contains malware and stays locked. Ask the person for another copy.",
    tone: "bad",
    mayOpen: false,
  },
  UNSCANNABLE: {
    short: "locked",
    badge: "Locked",
    sentence: "This file could not be checked and stays locked. Ask the person for another copy.",
    tone: "bad",
    mayOpen: false,
  },
};

/** What the state of the check means, in words; why a file is locked is said where it is known. */
export function describeScan(state: ScanState, reason?: string | null): ScanWords {
  const plain = words[state];
  if (!reason || plain.mayOpen) return plain;
  const fact =
    state === "INFECTED"
      ? `This file contains malware (${reason}) and stays locked.`
      : `This file stays locked: ${reason}`;
  return { ...plain, sentence: `${fact} Ask the person for another copy.` };
}

/** `PDF, 1.8 MB`, or `DOC, infected` when the state matters more than the size. */
export function describeFile(resume: ResumeSummary): string {
  return `${resume.format}, ${words[resume.scanState].short || formatBytes(resume.sizeBytes)}`;
}

/** The first eight characters of the hash, as on the receipt: `9F3A 21C7`. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)}`.toUpperCase();
}
