import type { ScanVerdict } from "@intake/core/ports/scanner";

/** Signatures that say what kept clamd from judging the file, not what is in it. */
const unjudged: [prefix: string, words: string][] = [
  ["Heuristics.Encrypted", "is encrypted"],
  ["Heuristics.Limits.Exceeded", "goes beyond the scanner's limits"],
];

/**
 * What clamd's whole answer to INSTREAM means. Exactly `stream: OK` and `stream: <name> FOUND` are verdicts; every other answer leaves
 * the question open (security rule 7).
 */
export function readVerdict(answer: string): ScanVerdict {
  if (answer === "stream: OK\0") return { verdict: "clean" };
  const found = /^stream: ([^\0\r\n]{1,300}) FOUND\0$/.exec(answer)?.[1];
  if (found === undefined)
    return { verdict: "unavailable", reason: `the scanner answered “${readableWords(answer)}”` };
  const signature = readableWords(found);
  const reason = unjudged.find(([prefix]) => signature.startsWith(prefix));
  if (reason) return { verdict: "unscannable", reason: `${reason[1]} (${signature})` };
  const hasMacros = signature.startsWith("Heuristics.OLE2.ContainsMacros");
  return { verdict: "infected", reason: hasMacros ? `contains macros (${signature})` : signature };
}

/** `ClamAV 1.4.3/27815/Mon Nov 24 …` without the date, which two databases may share; null when it is no such line. */
export function readVersion(answer: string): string | null {
  return /^ClamAV ([\w.+-]{1,40}(?:\/\d{1,12})?)(?:\/[\w :]{1,40})?\0$/.exec(answer)?.[1] ?? null;
}

/** Words of another program made harmless to store and show: printable ASCII, at most 100 characters. */
export function readableWords(words: string): string {
  return words
    .replace(/\0+$/, "")
    .replace(/[^\w .:;,+/()-]/g, "_")
    .slice(0, 100);
}
