import type { SearchTerm } from "../resumes/resume-words";

const maxTerms = 6;

/**
 * What a search asks for: words, and phrases in quotes. The end of the last word is open, since it may still be being typed; a closed
 * quote is exact.
 */
export function readTerms(q: string): SearchTerm[] {
  const plain = q
    .normalize("NFC")
    .replace(/^\s*mailto:/i, "")
    .replaceAll(/[“”„]/g, '"');
  const found = [...plain.matchAll(/"(?<phrase>[^"]*)(?<close>"?)|[^\s,;"]+/gu)];
  return found
    .map(({ 0: word, groups }, index) => ({
      text: (groups?.phrase ?? word).trim(),
      hasOpenEnd: index === found.length - 1 && !groups?.close,
    }))
    .filter(({ text }) => text !== "")
    .slice(0, maxTerms);
}
