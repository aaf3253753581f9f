import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import { opensWithoutPassword } from "./pdf-encryption";
import { type PdfDictionary, type PdfValue, readDictionary } from "./pdf-syntax";
import { accepted, asBuffer, refused } from "./verdict";

const byteOrderMark = [0xef, 0xbb, 0xbf];
const blankBytes = [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20];
const headerMark = "%PDF";
/** Readers look for the end in the last KB; mail gateways and download managers append a little. */
const endWindowBytes = 2048;
const maxTrailerTries = 16;

/** Whether the file presents itself as a PDF, whole or not. */
export function looksLikePdf(bytes: Uint8Array): boolean {
  return findHeader(bytes) >= 0;
}

/**
 * A whole PDF that opens without a password: header, `%%EOF` near the end and a trailer that names the catalog
 * (security rule 3; ISO 32000-1, 7.5).
 */
export function inspectPdf(bytes: Uint8Array): InspectionVerdict {
  const headerOffset = findHeader(bytes);
  const text = asBuffer(bytes).toString("latin1");
  if (headerOffset < 0 || !text.startsWith(`${headerMark}-`, headerOffset)) return refused("broken-pdf");
  if (!hasEnd(text) || isCutOff(text, headerOffset)) return refused("broken-pdf");
  const trailer = findTrailer(text, headerOffset);
  if (!trailer) return refused("broken-pdf");
  const encryption = trailer.get("Encrypt");
  if (!encryption || encryption.type === "keyword") return accepted("PDF");
  const dictionary = resolveEncryption(text, encryption);
  if (!dictionary) return refused("broken-pdf");
  return opensWithoutPassword(dictionary, documentIdOf(trailer))
    ? accepted("PDF")
    : refused("password-protected");
}

/** Where `%PDF` stands: at offset 0, or after nothing but a byte-order mark and white space; -1 otherwise. */
function findHeader(bytes: Uint8Array): number {
  let at = byteOrderMark.every((octet, index) => bytes[index] === octet) ? byteOrderMark.length : 0;
  while (at < bytes.length && blankBytes.includes(bytes[at] ?? -1)) at += 1;
  return asBuffer(bytes.subarray(at, at + headerMark.length)).toString("latin1") === headerMark ? at : -1;
}

function hasEnd(text: string): boolean {
  // Files padded with zeros or line ends to a block size are whole.
  let end = text.length;
  while (end > 0 && "\0\t\n\f\r ".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(Math.max(0, end - endWindowBytes), end).includes("%%EOF");
}

/** A linearized file has a trailer and `%%EOF` near its start too; only its stated length tells that the rest is missing. */
function isCutOff(text: string, headerOffset: number): boolean {
  const start = text.slice(headerOffset, headerOffset + 1024);
  const statedLength = /\/Linearized\b[^>]{0,200}\/L\s+(\d{1,12})/.exec(start)?.[1];
  return statedLength !== undefined && Number(statedLength) > text.length - headerOffset;
}

/** The trailer `startxref` points to; readers repair a wrong offset by searching from the end, and so do we. */
function findTrailer(text: string, headerOffset: number): PdfDictionary | null {
  const pointer = text.lastIndexOf("startxref");
  const stated = /^startxref\s+(\d{1,12})/.exec(text.slice(Math.max(0, pointer), pointer + 64))?.[1];
  const pointed = stated === undefined ? null : trailerAt(text, Number(stated) + headerOffset);
  return (
    pointed ??
    (stated === undefined ? null : trailerAt(text, Number(stated))) ??
    searchBackwards(text, "trailer", (at) => readDictionary(text, at + "trailer".length)) ??
    searchBackwards(text, "/XRef", (at) => readDictionary(text, text.lastIndexOf("obj", at) + "obj".length))
  );
}

function trailerAt(text: string, offset: number): PdfDictionary | null {
  const start = /^\s*(?:xref\b|\d{1,10}\s+\d{1,5}\s+obj)/.exec(text.slice(offset, offset + 64))?.[0];
  if (!start) return null;
  const isTable = start.endsWith("xref");
  const keyword = isTable ? text.indexOf("trailer", offset) : -1;
  if (isTable && keyword < 0) return null;
  return namesCatalog(readDictionary(text, isTable ? keyword + "trailer".length : offset + start.length));
}

function searchBackwards(
  text: string,
  word: string,
  read: (at: number) => PdfDictionary | null,
): PdfDictionary | null {
  let at = text.lastIndexOf(word);
  for (let tries = 0; at > 0 && tries < maxTrailerTries; tries += 1) {
    const trailer = namesCatalog(read(at));
    if (trailer) return trailer;
    at = text.lastIndexOf(word, at - 1);
  }
  return null;
}

function namesCatalog(trailer: PdfDictionary | null): PdfDictionary | null {
  return trailer?.get("Root")?.type === "reference" ? trailer : null;
}

/** The encryption dictionary is never inside an object stream (7.5.7), so a search for its object finds it. */
function resolveEncryption(text: string, value: PdfValue): PdfDictionary | null {
  if (value.type === "dictionary") return value.entries;
  if (value.type !== "reference") return null;
  const { objectNumber, generation } = value;
  const object = new RegExp(`(?<!\\d)${objectNumber}\\s{1,20}${generation}\\s{1,20}obj`, "g");
  let found: PdfDictionary | null = null;
  let tries = 0;
  for (const match of text.matchAll(object)) {
    const dictionary = readDictionary(text, match.index + match[0].length);
    // The last one wins: a later revision replaces an earlier object.
    if (dictionary?.has("Filter")) found = dictionary;
    tries += 1;
    if (tries > maxTrailerTries) break;
  }
  return found;
}

function documentIdOf(trailer: PdfDictionary): Buffer {
  const id = trailer.get("ID");
  const first = id?.type === "array" ? id.items[0] : undefined;
  return first?.type === "string" ? first.value : Buffer.alloc(0);
}
