import { Readable } from "node:stream";
import { StorageUnavailableError } from "@intake/core/ports/storage";

/** How a remote store's answer is watched. */
export interface IncomingLimits {
  /** Bytes the store announced. */
  sizeBytes: number;
  /** Longest silence of the store while somebody waits for bytes. */
  idleSeconds: number;
}

/**
 * The bytes of a remote object as they arrive. A connection that is cut, ends early or falls silent ends the stream with
 * `StorageUnavailableError`, so that half a file is never taken for the whole.
 */
export function incomingBytes(body: Readable, limits: IncomingLimits): Readable {
  // It may fail before the first read listens to it; unheard, that would end the process.
  body.on("error", () => undefined);
  const stream = Readable.from(watch(body, limits), { objectMode: false });
  // A reader that leaves before its first read never starts the generator, which would then not close the connection.
  return stream.once("close", () => body.destroy());
}

async function* watch(body: Readable, { sizeBytes, idleSeconds }: IncomingLimits): AsyncGenerator<Buffer> {
  const pieces = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let received = 0;
  for (;;) {
    const next = await withinSeconds(idleSeconds, pieces.next()).catch((error: unknown) => {
      body.destroy();
      throw new StorageUnavailableError({ cause: error });
    });
    if (next.done) break;
    received += next.value.length;
    yield next.value;
  }
  if (received !== sizeBytes)
    throw new StorageUnavailableError({ cause: new Error(`${received} of ${sizeBytes} bytes came`) });
}

/** A slow reader does not count as silence: the time runs only while a piece is waited for. */
async function withinSeconds<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came for ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
