/** Just enough of PDF's object syntax (ISO 32000-1, 7.3) to read a trailer and an encryption dictionary. */

export type PdfValue =
  | { type: "number"; value: number }
  | { type: "name"; value: string }
  | { type: "string"; value: Buffer }
  | { type: "keyword"; value: string }
  | { type: "reference"; objectNumber: number; generation: number }
  | { type: "array"; items: PdfValue[] }
  | { type: "dictionary"; entries: PdfDictionary };

export type PdfDictionary = Map<string, PdfValue>;

/** Trailers are a few hundred bytes; the bound keeps a hostile file from making every try a walk through all of it. */
const windowBytes = 64 * 1024;
const maxDepth = 16;

const blanks = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y;
const nameToken = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y;
const referenceToken = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![A-Za-z0-9])/y;
const numberToken = /[+-]?(?:\d+\.?\d*|\.\d+)/y;
const hexToken = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y;
const keywordToken = /[A-Za-z]+/y;
const stringEscapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Reads the dictionary that starts at `offset`, blanks before it allowed; null when there is none. */
export function readDictionary(file: Buffer, offset: number): PdfDictionary | null {
  const reader = { text: file.toString("latin1", offset, offset + windowBytes), position: 0 };
  const value = readValue(reader, 0);
  return value?.type === "dictionary" ? value.entries : null;
}

interface Reader {
  readonly text: string;
  position: number;
}

function take(reader: Reader, token: RegExp): RegExpExecArray | null {
  token.lastIndex = reader.position;
  const match = token.exec(reader.text);
  if (match) reader.position = token.lastIndex;
  return match;
}

function readValue(reader: Reader, depth: number): PdfValue | null {
  if (depth > maxDepth) return null;
  take(reader, blanks);
  const { text, position } = reader;
  if (text.startsWith("<<", position)) return readEntries(reader, depth);
  const character = text[position];
  if (character === "[") return readItems(reader, depth);
  if (character === "(") return readLiteralString(reader);
  const hex = take(reader, hexToken);
  if (hex) return { type: "string", value: decodeHex(hex[1] ?? "") };
  const name = take(reader, nameToken);
  if (name) return { type: "name", value: decodeName(name[1] ?? "") };
  const reference = take(reader, referenceToken);
  if (reference) {
    return { type: "reference", objectNumber: Number(reference[1]), generation: Number(reference[2]) };
  }
  const number = take(reader, numberToken);
  if (number) return { type: "number", value: Number(number[0]) };
  const keyword = take(reader, keywordToken);
  return keyword ? { type: "keyword", value: keyword[0] } : null;
}

function readEntries(reader: Reader, depth: number): PdfValue | null {
  const entries: PdfDictionary = new Map();
  reader.position += 2;
  for (;;) {
    take(reader, blanks);
    if (reader.text.startsWith(">>", reader.position)) {
      reader.position += 2;
      return { type: "dictionary", entries };
    }
    const key = take(reader, nameToken);
    const value = key && readValue(reader, depth + 1);
    if (!value) return null;
    entries.set(decodeName(key[1] ?? ""), value);
  }
}

function readItems(reader: Reader, depth: number): PdfValue | null {
  const items: PdfValue[] = [];
  reader.position += 1;
  for (;;) {
    take(reader, blanks);
    if (reader.text[reader.position] === "]") {
      reader.position += 1;
      return { type: "array", items };
    }
    const item = readValue(reader, depth + 1);
    if (!item) return null;
    items.push(item);
  }
}

/** `(…)` with balanced parentheses, backslash escapes, octal codes and line ends read as `\n` (7.3.4.2). */
function readLiteralString(reader: Reader): PdfValue | null {
  const { text } = reader;
  const octets: number[] = [];
  let open = 0;
  for (let at = reader.position; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "(") open += 1;
    if (character === ")") open -= 1;
    if (open === 0) {
      reader.position = at + 1;
      return { type: "string", value: Buffer.from(octets) };
    }
    if (character === "(" && open === 1 && at === reader.position) continue;
    if (character === "\r") {
      if (text[at + 1] === "\n") at += 1;
      octets.push(0x0a);
      continue;
    }
    if (character !== "\\") {
      octets.push(character.charCodeAt(0));
      continue;
    }
    at += 1;
    const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
    const escaped = text.charAt(at);
    if (octal) {
      octets.push(Number.parseInt(octal, 8) & 0xff);
      at += octal.length - 1;
    } else if (escaped === "\r" || escaped === "\n") {
      if (escaped === "\r" && text[at + 1] === "\n") at += 1;
    } else {
      octets.push((stringEscapes[escaped] ?? escaped).charCodeAt(0));
    }
  }
  return null;
}

function decodeHex(digits: string): Buffer {
  const compact = digits.replace(/[^0-9A-Fa-f]/g, "");
  return Buffer.from(compact.length % 2 === 0 ? compact : `${compact}0`, "hex");
}

function decodeName(raw: string): string {
  return raw.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
