import type { DocumentText, DocumentView } from "@intake/core/ports/document-reader";
import mammoth from "mammoth";
import WordExtractor from "word-extractor";
import { looksLikeCompoundFile } from "../compound-file";
import { asBuffer } from "../verdict";
import { ArchiveRefusedError, archiveLimits, listArchive, unpackEntry } from "../zip";
import { limitText, normalizeText } from "./plain-text";
import { paragraphs } from "./read-doc";
import { UnreadableError } from "./reading";
import { sanitizeView } from "./sanitize-view";

const shownPictures = ["image/png", "image/jpeg"];
/** The most all pictures of a view may take together, in bytes. */
const maxPictureBytes = 6 * 1024 * 1024;
const maxHtmlLength = 10_000_000;

/** The words of a DOCX, what stands in its headers and footers too: that is where many put their address. */
export async function readDocxText(bytes: Uint8Array): Promise<DocumentText> {
  const file = await checkedArchive(bytes);
  const { header, footer } = await readMargins(file);
  const body = await mammoth.extractRawText({ buffer: file });
  const { text, isCut } = limitText(normalizeText([header, body.value, footer].join("\n\n")));
  if (text === "" && !(await convert(file)).includes("<img")) throw new UnreadableError("empty");
  return { text, hasText: text !== "", isCut, pageCount: null };
}

/** A DOCX as inert HTML. Throws `UnreadableError`. */
export async function viewDocx(bytes: Uint8Array): Promise<DocumentView> {
  const file = await checkedArchive(bytes);
  const { header, footer } = await readMargins(file);
  const body = await convert(file);
  const html = [paragraphs(header), body, paragraphs(footer)].join("");
  if (normalizeText(html.replace(/<(?!img)[^>]*>/g, "")) === "") throw new UnreadableError("empty");
  return { kind: "html", html };
}

/** Everything is unpacked once under our own limits, since the libraries have none. */
async function checkedArchive(bytes: Uint8Array): Promise<Buffer> {
  // A DOCX with a password is a compound file.
  if (looksLikeCompoundFile(bytes)) throw new UnreadableError("password");
  const file = asBuffer(bytes);
  try {
    let remainingBytes: number = archiveLimits.totalBytes;
    for (const entry of await listArchive(file)) {
      remainingBytes -= unpackEntry(file, entry, remainingBytes).length;
    }
  } catch (error) {
    if (!(error instanceof ArchiveRefusedError)) throw error;
    if (error.refusal === "password-protected") throw new UnreadableError("password");
    throw new UnreadableError(error.refusal === "archive-limits" ? "too-large" : "broken");
  }
  return file;
}

async function convert(file: Buffer): Promise<string> {
  let remainingBytes = maxPictureBytes;
  const convertImage = mammoth.images.imgElement(async (image) => {
    if (!shownPictures.includes(image.contentType)) return { src: "" };
    const content = await image.readAsBuffer();
    if (content.length > remainingBytes) return { src: "" };
    remainingBytes -= content.length;
    return { src: `data:${image.contentType};base64,${content.toString("base64")}` };
  });
  const { value } = await mammoth.convertToHtml(
    { buffer: file },
    { convertImage, includeEmbeddedStyleMap: false, externalFileAccess: false },
  );
  if (value.length > maxHtmlLength) throw new UnreadableError("too-large");
  return sanitizeView(value);
}

async function readMargins(file: Buffer): Promise<{ header: string; footer: string }> {
  const document = await new WordExtractor().extract(file);
  return { header: document.getHeaders({ includeFooters: false }), footer: document.getFooters() };
}
