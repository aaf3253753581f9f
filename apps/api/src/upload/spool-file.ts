import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ResumeLimits } from "@intake/core/resumes/schema";

/** A file part as it arrived: in a spool file, or refused before it was whole. */
export interface ReceivedFile {
  path: string;
  fileName: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
  isTooLarge: boolean;
}

/** A file arrives in many small pieces, and each write has its price: so many bytes are held before they are written. */
const maxHeldBytes = 128 * 1024;

/** Writes a file part into a spool file of its own while it arrives. On failure no file is left. */
export async function spoolFile(
  stream: Readable,
  fileName: string,
  { directory, resumeLimits }: { directory: string; resumeLimits: ResumeLimits },
): Promise<ReceivedFile> {
  // It may fail before the first read listens to it; unheard, that would end the process.
  stream.on("error", () => undefined);
  const path = join(directory, randomUUID());
  const file = await open(path, "wx", 0o600);
  try {
    const written = await writeInPieces(file, stream);
    return { path, fileName, ...written, isTooLarge: written.sizeBytes > resumeLimits.maxBytes };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function writeInPieces(
  file: FileHandle,
  stream: AsyncIterable<Buffer>,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of stream) {
    hash.update(piece);
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < maxHeldBytes) continue;
    sizeBytes += await writeAll(file, held);
    held = [];
    heldBytes = 0;
  }
  if (heldBytes > 0) sizeBytes += await writeAll(file, held);
  return { sizeBytes, sha256: hash.digest("hex") };
}

/** Resolves to the bytes written. A disk that is nearly full takes a part of them; the rest then says why. */
async function writeAll(file: FileHandle, pieces: Buffer[]): Promise<number> {
  const { bytesWritten } = await file.writev(pieces);
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  return total;
}
