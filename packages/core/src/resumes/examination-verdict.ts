import type {
  ActiveContent,
  DocumentText,
  Examination,
  Reading,
  ReadingFailure,
} from "../ports/document-reader";
import type { ScanVerdict } from "../ports/scanner";
import type { ScanState } from "./schema";

/** What an examination makes of a file. */
export interface FileVerdict {
  /** `PASSED` is clean where a scanner looked, else as before. */
  state: Extract<ScanState, "INFECTED" | "UNSCANNABLE"> | "PASSED";
  /** The name of malware, else whole sentences. */
  reason: string | null;
  /** Null when our own check was not made, or could not be. */
  active: ActiveContent[] | null;
  /** Null when nobody may find the file by what it says. */
  text: Reading<DocumentText> | null;
}

/**
 * The scanner's verdict and our own as one. Malware goes before everything. Then what we found ourselves: such a file may still be
 * shown as a picture and found by its words, since neither runs anything. What could not be checked is locked.
 */
export function judgeFile(
  scan: Exclude<ScanVerdict, { verdict: "unavailable" }> | null,
  examination: Reading<Examination> | null,
): FileVerdict {
  const active = examination?.ok ? examination.content.active : null;
  if (scan?.verdict === "infected") return { state: "INFECTED", reason: scan.reason, active, text: null };
  const text = examination?.ok ? examination.content.text : null;
  const blocked = (active ?? []).filter(({ severity }) => severity === "blocked");
  if (blocked.length > 0) {
    const reason = blocked.map(({ sentence }) => sentence).join(" ");
    return { state: "UNSCANNABLE", reason, active, text };
  }
  if (scan?.verdict === "unscannable")
    return { state: "UNSCANNABLE", reason: `It ${scan.reason}.`, active, text: null };
  if (examination && !examination.ok)
    return { state: "UNSCANNABLE", reason: failures[examination.failure], active, text: null };
  return { state: "PASSED", reason: null, active, text };
}

/** Each ends “This file could not be checked and stays locked: …”. */
const failures: Record<ReadingFailure, string> = {
  password: "It needs a password to open.",
  broken: "It is damaged, or made in an unusual way.",
  empty: "It has nothing in it.",
  timeout: "It could not be examined in time.",
  "too-large": "It unpacks to more than can be examined.",
};
