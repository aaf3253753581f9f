import { write, writeSync } from "node:fs";

/** Lines wait in memory up to this, some minutes of a busy office; what comes then is dropped. */
const usualHeldBytes = 1024 * 1024;
/** A reader that is behind is back soon, room on a disk is not. */
const retryMilliseconds = { behind: 50, other: 1_000 };
/** How long the end of the process may wait for a reader that is behind. */
const lastMilliseconds = 500;

interface LogOutputOptions {
  /** Standard output when absent. */
  fd?: number;
  mostHeldBytes?: number;
  onDrop?(): void;
  /** Lines are written again; so many were dropped before. */
  onRoom?(droppedLines: number): void;
}

/**
 * Where the lines of the log go. Never throws, never blocks and never ends the process, unlike pino's own: while they cannot be written (a
 * full disk, a reader that stands still) lines wait, then are dropped and counted.
 */
export function openLogOutput(options: LogOutputOptions = {}): { write(line: string): void } {
  const { fd = 1, mostHeldBytes = usualHeldBytes, onDrop, onRoom } = options;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  /** What is being written, or will be tried again. */
  let current: Buffer | null = null;
  let isWriting = false;
  let dropped = 0;
  let retry: NodeJS.Timeout | undefined;

  function writeNext(): void {
    if (isWriting || retry !== undefined) return;
    current ??= takeWaiting();
    if (current === null) return;
    isWriting = true;
    write(fd, current, (error, bytes) => {
      isWriting = false;
      if (error) {
        const pause = isBehind(error) ? retryMilliseconds.behind : retryMilliseconds.other;
        retry = setTimeout(() => {
          retry = undefined;
          writeNext();
        }, pause).unref();
        return;
      }
      const rest = current?.subarray(bytes);
      current = rest?.length ? rest : null;
      if (current === null && dropped > 0) {
        const lines = dropped;
        dropped = 0;
        onRoom?.(lines);
      }
      writeNext();
    });
  }

  function takeWaiting(): Buffer | null {
    if (waiting.length === 0) return null;
    const all = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    return all;
  }

  process.once("exit", () => {
    // A write under way ends by itself.
    const left = [...(current && !isWriting ? [current] : []), ...waiting];
    writeAtOnce(fd, Buffer.concat(left));
  });

  return {
    write(line: string): void {
      const bytes = Buffer.from(line);
      if (waitingBytes + bytes.length > mostHeldBytes) {
        dropped += 1;
        onDrop?.();
        return;
      }
      waiting.push(bytes);
      waitingBytes += bytes.length;
      writeNext();
    },
  };
}

function writeAtOnce(fd: number, bytes: Buffer): void {
  const deadline = Date.now() + lastMilliseconds;
  for (let left = bytes; left.length > 0; ) {
    try {
      left = left.subarray(writeSync(fd, left));
    } catch (error) {
      if (!isBehind(error) || Date.now() > deadline) return;
    }
  }
}

function isBehind(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
