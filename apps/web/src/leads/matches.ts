export interface Segment {
  text: string;
  isHit: boolean;
  /** Where it begins in the whole text, in UTF-16 units. */
  start: number;
}

// Letters that lose their stroke in the server's unaccented search but not in Unicode's decomposition.
const plainLetters: Record<string, string> = {
  ł: "l",
  đ: "d",
  ð: "d",
  ø: "o",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/** A character as a search compares it: case, accents and ligatures do not matter. */
export function foldCharacter(character: string): string {
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plainLetters[bare] ?? bare;
}

/** Cuts a text into found and other parts; case and accents do not matter, each word of the query counts alone. */
export function findMatches(text: string, query: string): Segment[] {
  const { folded, origins } = foldText(text);
  const isMarked = new Array<boolean>(text.length).fill(false);
  for (const word of searchWords(query)) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
      const from = origins[at] ?? 0;
      const to = origins[at + word.length] ?? text.length;
      isMarked.fill(true, from, to);
    }
  }
  return toSegments(text, isMarked);
}

/** Whether a text holds every word of the query, compared in the same way. */
export function holdsAll(text: string, query: string): boolean {
  const { folded } = foldText(text);
  return searchWords(query).every((word) => folded.includes(word));
}

function searchWords(query: string): string[] {
  const words = query.replace(/^\s*mailto:/i, "").matchAll(/["“”„]([^"“”„]*)|[^\s,;"“”„]+/gu);
  return [...words].map(([word, phrase]) => foldText((phrase ?? word).trim()).folded).filter(Boolean);
}

/** The folded text and, for each of its units, where it came from. */
function foldText(text: string): { folded: string; origins: number[] } {
  let folded = "";
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const unit of foldCharacter(character)) {
      for (let index = 0; index < unit.length; index += 1) origins.push(at);
      folded += unit;
    }
    at += character.length;
  }
  return { folded, origins };
}

function toSegments(text: string, isMarked: boolean[]): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && isMarked[at] === isMarked[start]) continue;
    segments.push({ text: text.slice(start, at), isHit: isMarked[start] ?? false, start });
    start = at;
  }
  return segments;
}
