import type { Readable } from "node:stream";
import type { Clock } from "@intake/core/ports/clock";
import type { Scanner, ScanVerdict } from "@intake/core/ports/scanner";
import { askClamd } from "./ask-clamd";
import { createBreaker } from "./breaker";
import { readClamdAddress } from "./clamd-address";
import { readVerdict, readVersion } from "./clamd-answer";

/** Most bytes of a file in one chunk of INSTREAM. */
const maxChunkBytes = 64 * 1024;

/** A failure of ours: it says nothing about clamd. */
class UnreadableFileError extends Error {}

/**
 * Scans through clamd's own protocol (clamd(8): INSTREAM, VERSION). Every call ends within `timeoutSeconds`, also against a clamd that
 * is alive but silent; one that keeps failing is left alone for a while. Throws when the address cannot be read.
 */
export function createClamavScanner(input: {
  /** `tcp://host:port` or `unix:/path`. */
  address: string;
  timeoutSeconds: number;
  now: Clock;
}): Scanner {
  const address = readClamdAddress(input.address);
  if (!address) throw new Error("The address of clamd must be tcp://host:port or unix:/path");
  const breaker = createBreaker({ now: input.now });
  const ask = (parts: Iterable<Buffer> | AsyncIterable<Buffer>, deadline: AbortSignal) =>
    askClamd({ address, parts, deadline });
  const newDeadline = () => AbortSignal.timeout(input.timeoutSeconds * 1000);

  async function scanNow(body: Readable): Promise<{ verdict: ScanVerdict; isClamdAway: boolean }> {
    const deadline = newDeadline();
    try {
      const verdict = readVerdict(await ask(instream(body), deadline));
      return { verdict, isClamdAway: false };
    } catch (error) {
      const isClamdAway = !(error instanceof UnreadableFileError);
      return { verdict: { verdict: "unavailable", reason: explain(error, deadline) }, isClamdAway };
    } finally {
      body.destroy();
    }
  }

  function explain(error: unknown, deadline: AbortSignal): string {
    if (error instanceof UnreadableFileError) return error.message;
    if (deadline.aborted) return `the scanner did not answer within ${input.timeoutSeconds} s`;
    return `the scanner did not answer: ${error instanceof Error ? error.message : "unknown"}`;
  }

  return {
    name: "clamav",
    state: breaker.state,
    async scan(body) {
      const scanned = await breaker.run(
        () => scanNow(body),
        ({ isClamdAway }) => isClamdAway,
      );
      if (scanned) return scanned.verdict;
      body.destroy();
      return { verdict: "unavailable", reason: "the scanner failed several times and is left alone for now" };
    },
    async version() {
      const readNow = () => ask([Buffer.from("zVERSION\0")], newDeadline()).then(readVersion, () => null);
      return breaker.run(readNow, (version) => version === null);
    },
  };
}

async function* instream(body: Readable): AsyncGenerator<Buffer> {
  yield Buffer.from("zINSTREAM\0");
  let bytes = 0;
  for await (const chunk of readable(body)) {
    for (let at = 0; at < chunk.length; at += maxChunkBytes) {
      const slice = chunk.subarray(at, at + maxChunkBytes);
      yield lengthOf(slice);
      yield slice;
    }
    bytes += chunk.length;
  }
  // Clamd would call nothing clean.
  if (bytes === 0) throw new UnreadableFileError("the file is empty");
  yield lengthOf(Buffer.alloc(0));
}

async function* readable(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
  } catch (error) {
    throw new UnreadableFileError("the file could not be read from storage", { cause: error });
  }
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}
