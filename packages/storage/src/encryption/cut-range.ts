import { Readable } from "node:stream";

/** Bytes `start`..`end` inclusive of a stream, which is closed after them. */
export function cutRange(whole: Readable, range: { start: number; end: number }): Readable {
  const stream = Readable.from(cut(whole, range), { objectMode: false });
  // A reader that leaves before its first read never starts the generator.
  return stream.once("close", () => whole.destroy());
}

async function* cut(whole: Readable, { start, end }: { start: number; end: number }): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of whole as AsyncIterable<Buffer>) {
    const part = piece.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    at += piece.length;
    if (part.length > 0) yield part;
    if (at > end) return;
  }
}
