import { Readable } from "node:stream";

/** The beginning of a stream: all of it, or the stream that still gives all of it. */
export type Head = { whole: Buffer } | { stream: Readable };

/** Reads until there are more than `maxBytes`. An error of the body comes out as it is. */
export async function takeHead(body: Readable, maxBytes: number): Promise<Head> {
  const pieces = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let heldBytes = 0;
  while (heldBytes <= maxBytes) {
    const next = await pieces.next();
    if (next.done) return { whole: Buffer.concat(held) };
    held.push(next.value);
    heldBytes += next.value.length;
  }
  // Whoever leaves it unread closes the body, too.
  const stream = Readable.from(all(held, pieces), { objectMode: false });
  return { stream: stream.once("close", () => body.destroy()) };
}

async function* all(held: Buffer[], pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let piece = held.shift(); piece; piece = held.shift()) yield piece;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}
