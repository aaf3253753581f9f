import { createHash, type Hash, randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { LocalFile } from "@intake/core/ports/local-file";
import type { ResumeLimits } from "@intake/core/resumes/schema";
import { borrowMemory, returnMemory } from "./upload-memory";

/** A file part as it arrived. */
export type ReceivedFile = LocalFile & {
  fileName: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
  isTooLarge: boolean;
  /** To be called once, when nobody needs its bytes any more. */
  discard(): Promise<void>;
};

/** Takes a file part in while it arrives: into memory, or into a spool file of its own when it is larger. On failure nothing is left. */
export async function receiveFile(
  stream: Readable,
  fileName: string,
  { directory, resumeLimits }: { directory: string; resumeLimits: ResumeLimits },
): Promise<ReceivedFile> {
  // It may fail before the first read listens to it; unheard, that would end the process.
  stream.on("error", () => undefined);
  const part: Part = {
    ...{ memory: borrowMemory(), heldBytes: 0, sizeBytes: 0, hash: createHash("sha256"), spool: null },
    path: join(directory, randomUUID()),
  };
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) await take(part, piece);
    const { memory, heldBytes, spool, path } = part;
    if (spool) await writeHeld(part);
    else part.hash.update(memory.subarray(0, heldBytes));
    return {
      ...(spool ? { path } : { bytes: memory.subarray(0, heldBytes) }),
      ...{ fileName, sizeBytes: part.sizeBytes, sha256: part.hash.digest("hex") },
      isTooLarge: part.sizeBytes > resumeLimits.maxBytes,
      discard: spool ? () => rm(path, { force: true }) : async () => returnMemory(memory),
    };
  } catch (error) {
    if (part.spool) await rm(part.path, { force: true }).catch(() => undefined);
    else returnMemory(part.memory);
    throw error;
  } finally {
    if (part.spool) {
      returnMemory(part.memory);
      await part.spool.close();
    }
  }
}

interface Part {
  memory: Buffer;
  /** In memory and nowhere else. */
  heldBytes: number;
  sizeBytes: number;
  hash: Hash;
  /** Opened when the memory is full for the first time. */
  spool: FileHandle | null;
  path: string;
}

async function take(part: Part, piece: Buffer): Promise<void> {
  for (let taken = 0; taken < piece.length; ) {
    if (part.heldBytes === part.memory.length) await writeHeld(part);
    const bytes = piece.copy(part.memory, part.heldBytes, taken);
    part.heldBytes += bytes;
    taken += bytes;
  }
  part.sizeBytes += piece.length;
}

async function writeHeld(part: Part): Promise<void> {
  const held = part.memory.subarray(0, part.heldBytes);
  part.hash.update(held);
  part.spool ??= await open(part.path, "wx", 0o600);
  // Of a disk that is nearly full one write takes a part; this one then says why.
  await part.spool.writeFile(held);
  part.heldBytes = 0;
}
