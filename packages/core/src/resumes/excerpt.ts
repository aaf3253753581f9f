import { findHits, type Hit } from "./find-hits";
import type { SearchTerm } from "./resume-words";
import type { Excerpt, ExcerptPart } from "./schema";

// In UTF-16 units: the whole, what stands before the first hit, and how far a cut may move to fall between words.
const length = 140;
const lead = 40;
const slack = 20;

/** The stretch of a resume that shows most of the terms, with what was found marked; null when none of them is in it. */
export function cutExcerpt(body: string, terms: SearchTerm[]): Excerpt | null {
  const text = body.normalize("NFC");
  const hits = findHits(text, terms);
  const first = richestHit(hits);
  if (!first) return null;
  const start = cutBefore(text, first);
  const end = cutAfter(text, { from: first.end, to: start + length });
  const shown = hits.filter((hit) => hit.start >= start && hit.end <= end);
  return { parts: toParts(text, { start, end, shown }) };
}

/** The hit with most of the terms close after it; the first of equals. */
function richestHit(hits: Hit[]): Hit | undefined {
  const richness = hits.map(({ start: from }) => {
    const near = hits.filter(({ start, end }) => start >= from && end <= from + length - lead);
    return new Set(near.map(({ term }) => term)).size;
  });
  return hits[richness.indexOf(Math.max(...richness))];
}

function cutBefore(text: string, { start }: Hit): number {
  // Near the end of the text the room after the hit is used before it.
  const from = Math.min(start - lead, text.length - length);
  if (from <= 0) return 0;
  const space = text.slice(from, Math.min(from + slack, start)).search(/\s/);
  return space === -1 ? wholeCharacter(text, from) : from + space + 1;
}

function cutAfter(text: string, { from, to }: { from: number; to: number }): number {
  const end = Math.max(from, to);
  if (end >= text.length) return text.length;
  const tail = text.slice(Math.max(from, end - slack), end);
  const word = /\s\S*$/.exec(tail)?.[0] ?? "";
  return wholeCharacter(text, end - word.length);
}

/** The same place or one a little later, so that no character is torn from its other half or its accents. */
function wholeCharacter(text: string, at: number): number {
  return at + (/^[\udc00-\udfff]?\p{M}*/u.exec(text.slice(at, at + slack))?.[0].length ?? 0);
}

function toParts(text: string, { start, end, shown }: { start: number; end: number; shown: Hit[] }) {
  const parts: ExcerptPart[] = [];
  const add = (from: number, to: number, isHit: boolean) => {
    const before = !isHit && from === start && start > 0 ? "…" : "";
    const after = !isHit && to === end && end < text.length ? "…" : "";
    const words = `${before}${text.slice(from, to).replaceAll(/\s+/g, " ")}${after}`;
    if (words !== "") parts.push({ text: words, isHit });
  };
  let at = start;
  for (const hit of shown) {
    if (hit.end <= at) continue;
    const from = Math.max(at, hit.start);
    add(at, from, false);
    add(from, hit.end, true);
    at = hit.end;
  }
  add(at, end, false);
  return parts;
}
