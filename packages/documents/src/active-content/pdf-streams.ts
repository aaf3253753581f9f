import { inflateSync, constants as zlib } from "node:zlib";

const limits = {
  streams: 20_000,
  streamBytes: 8 * 1024 * 1024,
  totalBytes: 48 * 1024 * 1024,
  dictionaryBytes: 4096,
};
/** What stands at an object stream: the two keys it must have (ISO 32000-1, 7.5.7), whatever its type is called. */
const objectStreamKeys = [/\/N[\0\t\n\f\r ]*\d/, /\/First[\0\t\n\f\r ]*\d/];
const onlyFlate =
  /\/Filter[\0\t\n\f\r ]*(?:\[[\0\t\n\f\r ]*)?\/(?:FlateDecode|Fl)[\0\t\n\f\r ]*(?:\]|\/(?!\w+Decode)|>>)/;

export interface PdfStreams {
  /** The content of object streams. */
  objects: string[];
  /** How embedded files begin. */
  attachments: Buffer[];
  /** False when an object stream could not be unpacked or the limits were reached. */
  isComplete: boolean;
}

/** Unpacks the streams that hold objects or attached files; no chain of references is followed, so none can lead astray. */
export function unpackPdfStreams(file: Buffer): PdfStreams {
  const found: PdfStreams = { objects: [], attachments: [], isComplete: true };
  let remainingBytes = limits.totalBytes;
  let count = 0;
  for (let at = file.indexOf("stream"); at >= 0; at = file.indexOf("stream", at + 6)) {
    if (file.toString("latin1", at - 3, at) === "end") continue;
    count += 1;
    if (count > limits.streams) return { ...found, isComplete: false };
    const dictionary = dictionaryBefore(file, at);
    const holdsObjects = objectStreamKeys.every((key) => key.test(dictionary));
    const holdsFile = /\/EmbeddedFile(?![A-Za-z])/.test(dictionary);
    if (!holdsObjects && !holdsFile) continue;
    const content = unpack(file, { at: dataStart(file, at + 6), dictionary, limit: remainingBytes });
    remainingBytes -= content?.length ?? 0;
    if (content && holdsFile) found.attachments.push(content.subarray(0, 16));
    if (content && holdsObjects) found.objects.push(content.toString("latin1"));
    if (!content && holdsObjects) found.isComplete = false;
  }
  return found;
}

function dictionaryBefore(file: Buffer, at: number): string {
  const text = file.toString("latin1", Math.max(0, at - limits.dictionaryBytes), at);
  const start = Math.max(text.lastIndexOf(" obj"), text.lastIndexOf("\nobj"), text.lastIndexOf("\robj"));
  return text
    .slice(Math.max(0, start))
    .replace(/#([2-7][0-9A-Fa-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function dataStart(file: Buffer, at: number): number {
  if (file[at] === 0x0d && file[at + 1] === 0x0a) return at + 2;
  return file[at] === 0x0a || file[at] === 0x0d ? at + 1 : at;
}

function unpack(
  file: Buffer,
  { at, dictionary, limit }: { at: number; dictionary: string; limit: number },
): Buffer | null {
  if (!/\/(?:Filter|F)[\0\t\n\f\r ]*[[/]/.test(dictionary)) {
    const end = file.indexOf("endstream", at);
    return file.subarray(at, Math.min(end < 0 ? file.length : end, at + Math.max(0, limit)));
  }
  if (!onlyFlate.test(dictionary) || /\/Predictor[\0\t\n\f\r ]*(?:[2-9]|1\d)/.test(dictionary)) return null;
  try {
    // What follows the compressed data is left alone, and data cut short gives what there is, as in readers.
    return inflateSync(file.subarray(at), {
      maxOutputLength: Math.max(1, Math.min(limits.streamBytes, limit)),
      finishFlush: zlib.Z_SYNC_FLUSH,
    });
  } catch {
    return null;
  }
}
