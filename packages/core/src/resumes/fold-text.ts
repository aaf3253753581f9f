// Letters that Unicode does not take apart although people type them plain.
const plainLetters: Record<string, string> = {
  ł: "l",
  đ: "d",
  ð: "d",
  ø: "o",
  ħ: "h",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ς: "σ",
};

// A character with what belongs to it; half-width kana carry their voicing as a character of its own.
const clusters = /[\0-\x7f]+(?![\p{M}\uff9e\uff9f])|[\s\S][\p{M}\uff9e\uff9f]*/gu;

// Accents, Arabic and Hebrew vowel points, the Arabic stretch, and what is never seen (soft hyphens, joiners, direction marks).
const unwritten = /[\u0300-\u036f\u0640]|\p{Cf}|(?=[\u0590-\u06ff])\p{M}/gu;

const isAscii = /^[\0-\x7f]*$/;

export interface FoldedText {
  folded: string;
  /** Where a UTF-16 unit of `folded` came from. */
  placeOf(unit: number): number;
}

/** A text as the search compares it: case, accents, ligatures and widths do not matter, in any script. */
export function foldText(text: string): FoldedText {
  if (isAscii.test(text))
    return { folded: text.toLowerCase(), placeOf: (unit) => Math.min(unit, text.length) };
  const parts: string[] = [];
  const origins: number[] = [];
  const known = new Map<string, string>();
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const part = known.get(cluster) ?? foldCluster(cluster);
    known.set(cluster, part);
    // Only plain letters stand for themselves one by one; of anything else no part is shown alone.
    const isPlain = isAscii.test(cluster);
    for (let unit = 0; unit < part.length; unit += 1) origins.push(isPlain ? index + unit : index);
    parts.push(part);
  }
  return { folded: parts.join(""), placeOf: (unit) => origins[unit] ?? text.length };
}

function foldCluster(cluster: string): string {
  if (isAscii.test(cluster)) return cluster.toLowerCase();
  const bare = cluster.normalize("NFKD").replace(unwritten, "").toLowerCase().normalize("NFC");
  return Array.from(bare, (letter) => plainLetters[letter] ?? letter).join("");
}
