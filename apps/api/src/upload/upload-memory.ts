import { mostHeldBytes } from "@intake/core/ports/local-file";

/** So many buffers are kept for the uploads that follow: fresh ones would pile up until the next collection. */
const mostKept = 64;
const kept: Buffer[] = [];

/** A buffer for one upload, shared with the threads that inspect files, so that nobody copies it. What is in it is anybody's. */
export function borrowMemory(): Buffer {
  return kept.pop() ?? Buffer.from(new SharedArrayBuffer(mostHeldBytes));
}

/** Nobody may look at it any more. */
export function returnMemory(memory: Buffer): void {
  if (kept.length < mostKept) kept.push(memory);
}
