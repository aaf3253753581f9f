import type { SearchTerm } from "./resume-words";
import { type Piece, splitPieces } from "./word-pieces";

/** A found term: its number, and its place in the NFC text in UTF-16 units. */
export interface Hit {
  term: number;
  start: number;
  end: number;
}

interface SoughtTerm {
  pieces: Piece[];
  hasOpenEnd: boolean;
}

// Enough to choose from; a common word is not looked for to the end of a long text.
const maxHits = 60;

/** Where the terms stand in a text, by the rules of `resumeQuery`: the first ones, in order. */
export function findHits(text: string, terms: SearchTerm[]): Hit[] {
  const sought = terms.map(({ text: term, hasOpenEnd }) => ({ pieces: [...splitPieces(term)], hasOpenEnd }));
  const longest = Math.max(0, ...sought.map(({ pieces }) => pieces.length));
  const recent: Piece[] = [];
  const hits: Hit[] = [];
  for (const piece of splitPieces(text)) {
    recent.push(piece);
    if (recent.length > longest) recent.shift();
    sought.forEach((term, index) => {
      for (const [start, end] of matchTerm(recent, term)) hits.push({ term: index, start, end });
    });
    if (hits.length >= maxHits) break;
  }
  return hits.toSorted((left, right) => left.start - right.start);
}

/** The places of a term that ends in the newest of the pieces. */
function matchTerm(recent: Piece[], { pieces, hasOpenEnd }: SoughtTerm): [start: number, end: number][] {
  const [only] = pieces;
  const newest = recent.at(-1);
  if (!only || !newest || recent.length < pieces.length) return [];
  if (pieces.length === 1 && only.isSpaceless) return placesIn(newest, only.text);
  const found = recent.slice(-pieces.length);
  const ends = pieces.map((piece, index) =>
    matchPiece(found[index], piece, {
      isFirst: index === 0,
      hasOpenEnd: index === pieces.length - 1 && (hasOpenEnd || piece.isSpaceless),
    }),
  );
  const start = ends[0]?.[0];
  const end = ends.at(-1)?.[1];
  return ends.includes(null) || start === undefined || end === undefined ? [] : [[start, end]];
}

function matchPiece(
  found: Piece | undefined,
  sought: Piece,
  { isFirst, hasOpenEnd }: { isFirst: boolean; hasOpenEnd: boolean },
): [start: number, end: number] | null {
  if (!found) return null;
  const { length } = sought.text;
  if (sought.withSign)
    return found.withSign === sought.withSign ? placeOf(found, 0, sought.withSign.length) : null;
  if (isFirst && sought.withDot && !found.withDot) return null;
  if (isFirst && sought.isSpaceless && found.text.endsWith(sought.text))
    return placeOf(found, found.text.length - length, found.text.length);
  const matches = hasOpenEnd ? found.text.startsWith(sought.text) : found.text === sought.text;
  return matches ? placeOf(found, isFirst && sought.withDot ? -1 : 0, length) : null;
}

function placesIn(run: Piece, text: string): [start: number, end: number][] {
  const places: [number, number][] = [];
  for (let at = run.text.indexOf(text); at !== -1; at = run.text.indexOf(text, at + text.length)) {
    places.push(placeOf(run, at, at + text.length));
  }
  return places;
}

function placeOf(piece: Piece, from: number, to: number): [start: number, end: number] {
  return [piece.placeOf(from), piece.placeOf(to)];
}
