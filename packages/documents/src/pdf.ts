import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import { opensWithoutPassword } from "./pdf-encryption";
import { type PdfDictionary, type PdfValue, readDictionary } from "./pdf-syntax";
import { accepted, asBuffer, refused } from "./verdict";

const byteOrderMark = [0xef, 0xbb, 0xbf];
const blankBytes = [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20];
const headerMark = "%PDF";
/** Readers look for the end in the last KB; mail gateways and download managers append a little. */
const endWindowBytes = 2048;
const maxTries = 16;

/** Whether the file presents itself as a PDF, whole or not. */
export function looksLikePdf(bytes: Uint8Array): boolean {
  return findHeader(bytes) >= 0;
}

/**
 * A whole PDF that opens without a password: header, `%%EOF` near the end and a trailer that names the catalog
 * (security rule 3; ISO 32000-1, 7.5). Only small windows become text, so memory does not grow with the file.
 */
export function inspectPdf(bytes: Uint8Array): InspectionVerdict {
  const headerOffset = findHeader(bytes);
  if (headerOffset < 0) return refused("broken-pdf");
  const file = asBuffer(bytes).subarray(headerOffset);
  if (!textAt(file, 0, 8).startsWith("%PDF-")) return refused("broken-pdf");
  if (!hasEnd(file) || isCutOff(file)) return refused("broken-pdf");
  const trailer = findTrailer(file, headerOffset);
  if (!trailer) return refused("broken-pdf");
  const encryption = trailer.get("Encrypt");
  if (!encryption || encryption.type === "keyword") return accepted("PDF");
  const dictionary = resolveEncryption(file, encryption);
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

function textAt(file: Buffer, start: number, length: number): string {
  return file.toString("latin1", Math.max(0, start), Math.max(0, start) + length);
}

function hasEnd(file: Buffer): boolean {
  // Files padded with zeros or line ends to a block size are whole.
  let end = file.length;
  while (end > 0 && blankBytes.includes(file[end - 1] ?? -1)) end -= 1;
  return file.subarray(Math.max(0, end - endWindowBytes), end).includes("%%EOF");
}

/** A linearized file has a trailer and `%%EOF` near its start too; only its stated length tells that the rest is missing. */
function isCutOff(file: Buffer): boolean {
  const statedLength = /\/Linearized\b[^>]{0,200}\/L\s+(\d{1,12})/.exec(textAt(file, 0, 1024))?.[1];
  return statedLength !== undefined && Number(statedLength) > file.length;
}

/** The trailer `startxref` points to; readers repair a wrong offset by searching from the end, and so do we. */
function findTrailer(file: Buffer, headerOffset: number): PdfDictionary | null {
  const pointer = file.lastIndexOf("startxref");
  const stated = pointer < 0 ? undefined : /^startxref\s+(\d{1,12})/.exec(textAt(file, pointer, 64))?.[1];
  // Offsets count from the header; some writers count what stands before it too.
  const offsets = stated === undefined ? [] : [Number(stated), Number(stated) - headerOffset];
  for (const offset of offsets) {
    const trailer = trailerAt(file, offset);
    if (trailer) return trailer;
  }
  return (
    searchBackwards(file, "trailer", (at) => readDictionary(file, at + "trailer".length)) ??
    searchBackwards(file, "/XRef", (at) => readDictionary(file, file.lastIndexOf("obj", at) + "obj".length))
  );
}

function trailerAt(file: Buffer, offset: number): PdfDictionary | null {
  const start = /^\s*(?:xref\b|\d{1,10}\s+\d{1,5}\s+obj)/.exec(textAt(file, offset, 64))?.[0];
  if (!start) return null;
  const isTable = start.endsWith("xref");
  const keyword = isTable ? file.indexOf("trailer", offset) : -1;
  if (isTable && keyword < 0) return null;
  return namesCatalog(readDictionary(file, isTable ? keyword + "trailer".length : offset + start.length));
}

function searchBackwards(
  file: Buffer,
  word: string,
  read: (at: number) => PdfDictionary | null,
): PdfDictionary | null {
  let at = file.lastIndexOf(word);
  for (let tries = 0; at > 0 && tries < maxTries; tries += 1) {
    const trailer = namesCatalog(read(at));
    if (trailer) return trailer;
    at = file.lastIndexOf(word, at - 1);
  }
  return null;
}

function namesCatalog(trailer: PdfDictionary | null): PdfDictionary | null {
  return trailer?.get("Root")?.type === "reference" ? trailer : null;
}

/**
 * The encryption dictionary is never inside an object stream (7.5.7), so a search for its object finds it; the last
 * one wins, since a later revision replaces an earlier object.
 */
function resolveEncryption(file: Buffer, value: PdfValue): PdfDictionary | null {
  if (value.type === "dictionary") return value.entries;
  if (value.type !== "reference") return null;
  const label = new RegExp(`(?<!\\d)${value.objectNumber}\\s+${value.generation}\\s+$`);
  let tries = 0;
  for (let at = file.lastIndexOf("obj"); at > 0 && tries < maxTries; at = file.lastIndexOf("obj", at - 1)) {
    // A cheap look first: most hits are `endobj`.
    if (
      !blankBytes.includes(file[at - 1] ?? -1) ||
      !label.test(file.toString("latin1", Math.max(0, at - 48), at))
    )
      continue;
    const dictionary = readDictionary(file, at + "obj".length);
    if (dictionary?.has("Filter")) return dictionary;
    tries += 1;
  }
  return null;
}

function documentIdOf(trailer: PdfDictionary): Buffer {
  const id = trailer.get("ID");
  const first = id?.type === "array" ? id.items[0] : undefined;
  return first?.type === "string" ? first.value : Buffer.alloc(0);
}
