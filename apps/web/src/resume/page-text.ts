import type { ResumePage } from "@intake/core/resume-files/schema";
import { foldCharacter } from "../leads/matches";

/** A run of text in its place; lengths are fractions of the page. */
export type TextRun = ResumePage["text"][number];

/** A stretch of a text, in UTF-16 units. */
export interface Span {
  from: number;
  to: number;
}

/** The runs of a page as one text; `starts[i]` is where run i begins, what stands before it is `gaps[i]`. */
export interface JoinedRuns {
  text: string;
  starts: number[];
  gaps: string[];
}

// Shares of the letters' height: less than this apart is one word, more than that off is another line.
const wordGap = 0.12;
const lineOffset = 0.5;

/** Joins the runs of a page as a reader would: within a word without a gap, within a line by a space. */
export function joinRuns(runs: TextRun[], pageRatio: number): JoinedRuns {
  const joined: JoinedRuns = { text: "", starts: [], gaps: [] };
  let before: TextRun | undefined;
  for (const run of runs) {
    const gap = before ? gapBetween(before, run, pageRatio) : "";
    joined.gaps.push(gap);
    joined.starts.push(joined.text.length + gap.length);
    joined.text += gap + run.text;
    before = run;
  }
  return joined;
}

/** `pageRatio` is the page's height divided by its width: lengths are fractions of either. */
function gapBetween(before: TextRun, run: TextRun, pageRatio: number): string {
  const height = Math.min(before.height, run.height);
  if (before.rotation !== run.rotation || Math.abs(before.top - run.top) > height * lineOffset) return "\n";
  if (/\s$/u.test(before.text) || /^\s/u.test(run.text)) return "";
  const [left, right] = before.left <= run.left ? [before, run] : [run, before];
  const space = right.left - (left.left + left.width);
  return space > height * pageRatio * wordGap || run.rotation !== 0 ? " " : "";
}

/** A text made ready to be searched: case, accents and kinds of white space do not matter in it. */
export interface SearchableText {
  folded: string;
  /** For each unit of `folded` and one past its end, where it came from. */
  origins: number[];
}

/** Folds a text for searching; do it once per page, not once per letter typed. */
export function makeSearchable(text: string): SearchableText {
  let folded = "";
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    const unit = /\s/u.test(character) ? " " : foldCharacter(character);
    const isSecondSpace = unit === " " && folded.endsWith(" ");
    if (!isSecondSpace) {
      for (let index = 0; index < unit.length; index += 1) origins.push(at);
      folded += unit;
    }
    at += character.length;
  }
  origins.push(text.length);
  return { folded, origins };
}

/** Where any of these pieces stands, from front to back and without overlaps. */
function findSpans({ folded, origins }: SearchableText, pieces: string[]): Span[] {
  const found: Span[] = [];
  for (const piece of pieces) {
    for (let at = folded.indexOf(piece); at !== -1; at = folded.indexOf(piece, at + piece.length)) {
      found.push({ from: origins[at] ?? 0, to: origins[at + piece.length] ?? 0 });
    }
  }
  found.sort((left, right) => left.from - right.from || right.to - left.to);
  let end = 0;
  return found.filter((span) => {
    const isFree = span.from >= end && span.to > span.from;
    if (isFree) end = span.to;
    return isFree;
  });
}

/** What to look for: the words as one phrase, and, should that be nowhere, each by itself. */
function readTerm(term: string): { phrase: string[]; words: string[] } {
  const whole = makeSearchable(term.replaceAll(/["“”]/gu, " ")).folded.trim();
  if (whole === "") return { phrase: [], words: [] };
  const words = [...new Set(whole.split(" "))];
  return { phrase: [whole], words };
}

/** One found place in a document of several texts; `text` counts from 0. */
export interface Hit extends Span {
  text: number;
}

/** All places of a term in several texts, in reading order. A text that is not there yet holds nothing. */
export function findHits(texts: (SearchableText | undefined)[], term: string): Hit[] {
  const { phrase, words } = readTerm(term);
  const look = (pieces: string[]) =>
    texts.flatMap((text, index) =>
      text ? findSpans(text, pieces).map((span) => ({ ...span, text: index })) : [],
    );
  const hits = look(phrase);
  return hits.length > 0 || words.length < 2 ? hits : look(words);
}

/** A part of a text, with the span that it belongs to. */
interface Part<Kind extends Span> {
  text: string;
  /** Where it begins in the whole text. */
  at: number;
  span: Kind | null;
}

/** Cuts the piece of a text that starts at `start` into marked and other parts. */
export function cutAtSpans<Kind extends Span>(piece: string, start: number, spans: Kind[]): Part<Kind>[] {
  const parts: Part<Kind>[] = [];
  const end = start + piece.length;
  let at = start;
  const push = (to: number, span: Kind | null) => {
    if (to > at) parts.push({ text: piece.slice(at - start, to - start), at, span });
    at = Math.max(at, to);
  };
  for (const span of spans) {
    if (span.to <= start || span.from >= end) continue;
    push(Math.max(start, span.from), null);
    push(Math.min(end, span.to), span);
  }
  push(end, null);
  return parts;
}
