import { Transform } from "node:stream";

/** A stream that passes everything on, tells each chunk to `onChunk`, and knows how many bytes went by. */
export function countBytes(onChunk: (chunk: Buffer) => void): { stream: Transform; bytes(): number } {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onChunk(chunk);
      done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes };
}
