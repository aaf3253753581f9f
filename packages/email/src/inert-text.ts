/** Makes other people's words harmless in a mail: one line, bounded, and nothing a mail client would turn into a link (detail 4.27). */

// Zero-width non-joiner. Unlike a zero-width space or word joiner, which IDNA silently drops, it makes `evil.<ZWNJ>com` an
// invalid host: a client that links the text anyway links to nowhere.
const linkBreaker = "\u200c";

// C0 and C1 controls, line and paragraph separators, bidi overrides and isolates, invisible marks, interlinear marks.
const controlCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u2028-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\ufeff\ufff9-\ufffb]+/gu;

// What starts or continues a link: scheme, path and UNC separators, the at sign, a dot (each that IDNA knows) before a word; and the
// start of an encoded word, `=?` (RFC 2047), which a mail client would decode in a subject.
const joint = /[:/\\@＠](?=\S)|[.。．｡](?=[\p{L}\p{N}]{2})|=(?=\?)/gu;

/** One line without control characters, at most `maxCharacters` (code points) long, cut with an ellipsis. */
export function singleLine(value: string, maxCharacters: number): string {
  const line = value.toWellFormed().replace(controlCharacters, " ").replace(/\s+/gu, " ").trim();
  const characters = [...line];
  if (characters.length <= maxCharacters) return line;
  return `${characters
    .slice(0, maxCharacters - 1)
    .join("")
    .trimEnd()}…`;
}

/** Text that stays text: `singleLine`, with an invisible break wherever it could become a link. Ordinary names come back unchanged. */
export function inertText(value: string, maxCharacters: number): string {
  return singleLine(value, maxCharacters).replace(joint, (found) => `${found}${linkBreaker}`);
}

/**
 * An address as it can be copied. Only one whose part before the @ could itself be read as a web address
 * (`www.evil.example/@x.co`) is made inert.
 */
export function plainAddress(address: string): string {
  return isOrdinaryAddress(address) ? address : inertText(address, 254);
}

/** Whether nothing but the whole address can be made a link of. */
export function isOrdinaryAddress(address: string): boolean {
  return /^(?!www\.)[^\s@/\\:<>"]+@[\p{L}\p{M}\p{N}.-]+$/iu.test(address);
}
