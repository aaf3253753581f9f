import type { DocumentText, DocumentView } from "@intake/core/ports/document-reader";
import WordExtractor from "word-extractor";
import { openCompoundFile } from "../compound-file";
import { inspectDoc } from "../doc";
import { asBuffer } from "../verdict";
import { limitText, normalizeText } from "./plain-text";
import { UnreadableError } from "./reading";

/** First word of the file information block of Word 6 and 95, where its text lies, and how a fast save marks it. */
const word6 = {
  magic: 0xa5dc,
  flagsAt: 10,
  isFragmented: 0x0004,
  textStartAt: 24,
  textEndAt: 28,
  headerBytes: 32,
};

/** The words of a DOC, body first. Throws `UnreadableError`. */
export async function readDocText(bytes: Uint8Array): Promise<DocumentText> {
  const { text, isCut } = limitText(normalizeText(await extract(bytes)));
  if (text === "") throw new UnreadableError("empty");
  return { text, hasText: true, isCut, pageCount: null };
}

/** A DOC as plain paragraphs. Throws `UnreadableError`. */
export async function viewDoc(bytes: Uint8Array): Promise<DocumentView> {
  const { text } = await readDocText(bytes);
  return { kind: "html", html: paragraphs(text) };
}

/** Plain text as HTML: one paragraph a line, each in its own direction. */
export function paragraphs(text: string): string {
  return normalizeText(text)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `<p dir="auto">${escapeHtml(line)}</p>`)
    .join("");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

async function extract(bytes: Uint8Array): Promise<string> {
  const verdict = inspectDoc(bytes);
  // Macros are data here: nothing runs them.
  if (!verdict.ok && verdict.refusal !== "macros") {
    throw new UnreadableError(verdict.refusal === "password-protected" ? "password" : "broken");
  }
  const older = readWord6(bytes);
  if (older !== null) return older;
  const document = await new WordExtractor().extract(asBuffer(bytes));
  return [
    document.getHeaders({ includeFooters: false }),
    document.getBody(),
    document.getTextboxes(),
    document.getFootnotes(),
    document.getEndnotes(),
    document.getFooters(),
  ].join("\n\n");
}

/** Word 6 and 95 keep the text in one piece of Windows-1252; null for later versions. A fast-saved one is `broken` to us. */
function readWord6(bytes: Uint8Array): string | null {
  const file = openCompoundFile(bytes);
  const entry = file?.entries.get("worddocument");
  const stream = entry && file?.read(entry, entry.sizeBytes);
  if (!stream || stream.readUInt16LE(0) !== word6.magic) return null;
  if (stream.readUInt16LE(word6.flagsAt) & word6.isFragmented) throw new UnreadableError("broken");
  const text = stream.subarray(stream.readUInt32LE(word6.textStartAt), stream.readUInt32LE(word6.textEndAt));
  return hideFieldCodes(new TextDecoder("windows-1252").decode(text)).replaceAll("\u0007", "\t");
}

/** A field is `0x13 code 0x14 result 0x15`, and only its result is seen. */
function hideFieldCodes(text: string): string {
  const [start = "", ...fields] = text.split("\u0013");
  return start + fields.map((field) => field.replace(/^\P{Cc}*/u, "")).join("");
}
