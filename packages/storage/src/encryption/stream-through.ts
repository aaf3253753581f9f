import { once } from "node:events";
import { type Duplex, Readable } from "node:stream";

/** How many bytes have gone in and come out. */
export interface Passed {
  inBytes: number;
  outBytes: number;
}

export interface ThroughOptions {
  /** Called before each piece that goes in; what it throws ends the stream. */
  onPiece?(passed: Passed): void;
  /** Called when everything has come out; what it throws ends the stream. */
  onEnd?(passed: Passed): void;
  /** What an error of the way becomes; the source's own errors come out as they are. */
  translate(error: unknown): unknown;
}

/** What comes out of `way` when the source has gone through it. Whoever stops reading closes both. */
export function streamThrough(source: Readable, way: Duplex, options: ThroughOptions): Readable {
  // They may fail before the first read listens to them; unheard, that would end the process.
  source.on("error", () => undefined);
  way.on("error", () => undefined);
  const stream = Readable.from(pass(source, way, options), { objectMode: false });
  // A reader that leaves before its first read never starts the generator.
  return stream.once("close", () => source.destroy());
}

async function* pass(source: Readable, way: Duplex, options: ThroughOptions): AsyncGenerator<Buffer> {
  const passed: Passed = { inBytes: 0, outBytes: 0 };
  const feed: Feed = { isOver: false, sourceError: undefined };
  void feedIn(source, way, {
    feed,
    onPiece(piece) {
      options.onPiece?.(passed);
      passed.inBytes += piece.length;
    },
  });
  const pieces = (way as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const takePiece = async () => {
    try {
      const next = await pieces.next();
      if (next.done) options.onEnd?.(passed);
      return next;
    } catch (error) {
      throw feed.sourceError === undefined ? options.translate(error) : feed.sourceError;
    }
  };
  try {
    for (let next = await takePiece(); !next.done; next = await takePiece()) {
      passed.outBytes += next.value.length;
      // What a reader that hangs up throws in here is its own and never the way's.
      yield next.value;
    }
  } finally {
    feed.isOver = true;
    way.destroy();
    source.destroy();
  }
}

interface Feed {
  /** Nobody reads any more: what the source says from now on is of our own making. */
  isOver: boolean;
  sourceError: unknown;
}

/** Never rejects. `stream.pipeline` gives both sides the first error, so that nobody can tell whose it was. */
async function feedIn(
  source: Readable,
  way: Duplex,
  { feed, onPiece }: { feed: Feed; onPiece(piece: Buffer): void },
): Promise<void> {
  const over = once(way, "close").catch(() => undefined);
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      if (!tell(way, () => onPiece(piece))) return;
      if (!way.write(piece)) await Promise.race([once(way, "drain").catch(() => undefined), over]);
    }
    way.end();
  } catch (error) {
    if (!feed.isOver) feed.sourceError = error;
    way.destroy(new Error("The source failed"));
  }
}

/** False when the way is closed, or has to be. */
function tell(way: Duplex, onPiece: () => void): boolean {
  try {
    onPiece();
  } catch (error) {
    way.destroy(error instanceof Error ? error : undefined);
  }
  return !way.destroyed;
}
