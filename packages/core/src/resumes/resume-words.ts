import { Prisma } from "@intake/db/database";
import { splitPieces } from "./word-pieces";

/** A word of a search, or a phrase. An open end also finds longer words: `immig` finds immigration. */
export interface SearchTerm {
  text: string;
  hasOpenEnd: boolean;
}

// What PostgreSQL holds: 1 MiB for words and places together, places up to 16,383, 256 of them for each word.
const maxBytes = 1_000_000;
const maxPlaces = 256;
const lapLength = 16_351;
const lapOverlap = 32;

/**
 * The tsvector of a resume, in any language, for `resumeQuery` to search. Made here and not by `to_tsvector`, whose parser depends on
 * the locale of the database, knows no C++ and leaves Chinese and Thai in one piece.
 */
export function resumeWords(body: string): Prisma.Sql {
  return Prisma.sql`${vectorText(body)}::tsvector`;
}

/** The tsquery for all of the terms, or null when none of them has a letter or digit to look for. */
export function resumeQuery(terms: SearchTerm[]): Prisma.Sql | null {
  const queries = terms.map(termQuery).filter((query) => query !== "");
  return queries.length > 0 ? Prisma.sql`${queries.join(" & ")}::tsquery` : null;
}

/** Whether words have to stand side by side: phrases, addresses, most of Chinese and Japanese. */
export function hasPhrase(terms: SearchTerm[]): boolean {
  return terms.some((term) => termQuery(term).includes(" <-> "));
}

function vectorText(body: string): string {
  const places = new Map<string, number[]>();
  let bytes = 0;
  let count = 0;

  function add(word: string, index: number): void {
    const known = places.get(word);
    const added = placesOf(index);
    const cost = 2 * added.length + (known ? 0 : Buffer.byteLength(word) + 4);
    if (bytes + cost > maxBytes || (known && known.length >= maxPlaces)) return;
    bytes += cost;
    if (known) known.push(...added);
    else places.set(word, added);
  }

  for (const { text, isSpaceless, withSign, withDot } of splitPieces(body)) {
    const words = isSpaceless ? pairsOf(text) : [text];
    for (const word of words) add(word, count++);
    // The last character begins no pair, and a search for it alone looks for beginnings.
    const last = isSpaceless && words.length > 0 ? Array.from(text).at(-1) : null;
    for (const other of [withSign, withDot, last]) if (other) add(other, count - 1);
  }
  return Array.from(places, ([word, at]) => `'${word}':${at.join(",")}`).join(" ");
}

/** Long texts run through the places again and again; the overlap keeps phrases whole where a lap begins. */
function placesOf(index: number): number[] {
  const place = (index % lapLength) + 1;
  const isOverlap = index >= lapLength && place <= lapOverlap;
  return isOverlap ? [place, lapLength + place] : [place];
}

/** Words that stand side by side in every text that holds the terms, for `resumes_with_pairs`. An open end of one or two letters may be any word. */
export function phrasePairs(terms: SearchTerm[]): { first: string; second: string }[] {
  return terms.flatMap((term) => {
    const { words, isOpen, isWholePair } = readTerm(term);
    const last = words.at(-1) ?? "";
    const isTold = !isOpen || isWholePair || Array.from(last).length >= 3;
    const told = isTold ? words : words.slice(0, -1);
    return told.slice(1).map((second, index) => ({ first: told[index] ?? "", second }));
  });
}

function termQuery(term: SearchTerm): string {
  const { words, isOpen } = readTerm(term);
  const phrase = words.map((word) => `'${word}'`).join(" <-> ");
  return phrase && isOpen ? `${phrase}:*` : phrase;
}

/** The words of a term as `vectorText` writes them. Nothing goes on after two characters that stand for a word (`isWholePair`). */
function readTerm({ text, hasOpenEnd }: SearchTerm): {
  words: string[];
  isOpen: boolean;
  isWholePair: boolean;
} {
  const pieces = [...splitPieces(text)];
  const words = pieces.flatMap((piece, index) => {
    if (piece.isSpaceless) return pairsOf(piece.text);
    return [piece.withSign ?? (index === 0 ? piece.withDot : null) ?? piece.text];
  });
  const last = pieces.at(-1);
  const isSpaceless = last?.isSpaceless === true;
  const isOneCharacter = isSpaceless && Array.from(last.text).length === 1;
  return { words, isOpen: hasOpenEnd || isOneCharacter, isWholePair: isSpaceless && !isOneCharacter };
}

/** `東京都` as `東京` and `京都`; one character stays itself. */
function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
