import { foldText } from "./fold-text";

/** A part of a text that is searched as one: a word, or a run of a script that writes none apart. */
export interface Piece {
  /** As `foldText` makes it. */
  text: string;
  /** Chinese, Japanese, Korean, Thai and their like: any two neighbours may be a word. */
  isSpaceless: boolean;
  /** `c++` and `c#` for the piece `c`. */
  withSign: string | null;
  /** `.net` for the piece `net` in `.NET` and `ASP.NET`. */
  withDot: string | null;
  /** Where a unit of `text` came from: its place in the NFC text, in UTF-16 units. */
  placeOf(offset: number): number;
}

const spacelessScripts = ["Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar"];
const letter = "[\\p{L}\\p{N}\\p{M}]";
const spaceless = `[${letter}&&[${spacelessScripts.map((script) => `\\p{scx=${script}}`).join("")}]]`;
const pieces = new RegExp(
  `(?<run>${spaceless}+)|(?<dot>\\.(?=\\p{L}))?(?<word>[${letter}--${spaceless}]+)(?<sign>(?:\\+{1,2}|#)(?!${letter}|[+#]))?`,
  "gv",
);

// Longer ones are no words; cut alike on both sides they are still found by their beginning.
const maxCharacters = 64;

/** The pieces of a text in their order, one by one, so that whoever looks for the first need not read on. */
export function* splitPieces(text: string): Generator<Piece> {
  const whole = text.normalize("NFC");
  const { folded, placeOf } = foldText(whole);
  for (const match of folded.matchAll(pieces)) {
    const { run, dot = "", word = "", sign = "" } = match.groups ?? {};
    const from = match.index + dot.length;
    const piece = run ?? cut(word);
    yield {
      text: piece,
      isSpaceless: run !== undefined,
      withSign: sign ? `${piece}${sign}` : null,
      withDot: dot ? `.${piece}` : null,
      placeOf: (offset) => placeOf(from + offset),
    };
  }
}

function cut(word: string): string {
  return word.length > maxCharacters ? Array.from(word).slice(0, maxCharacters).join("") : word;
}
