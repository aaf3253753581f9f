import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { StorageUnavailableError } from "@intake/core/ports/storage";

/** A local file on its way to a remote store. Size and hashes are known before it leaves, so that the store can prove what arrived. */
export interface OutgoingFile {
  path: string;
  sizeBytes: number;
  md5: Buffer;
  sha256: Buffer;
}

/** Reads the file once for its size and hashes. */
export async function measureFile(path: string): Promise<OutgoingFile> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    md5.update(piece);
    sha256.update(piece);
    sizeBytes += piece.length;
  }
  return { path, sizeBytes, md5: md5.digest(), sha256: sha256.digest() };
}

/** Gives `send` a way to open the file, once for each attempt, and closes what a client never came to reading. */
export async function readingFile<T>(
  path: string,
  send: (reopen: () => ReadStream) => Promise<T>,
): Promise<T> {
  const opened: ReadStream[] = [];
  const reopen = () => {
    const stream = createReadStream(path).on("error", () => undefined);
    opened.push(stream);
    return stream;
  };
  try {
    return await send(reopen);
  } finally {
    for (const stream of opened) stream.destroy();
  }
}

/**
 * Lets a body become a temporary file first: a remote store wants the length beforehand, a retry needs the bytes again, and a
 * source that fails has then sent nothing. Throws the source's own error, or `StorageUnavailableError` when the disk is full.
 */
export async function spooling<T>(
  source: Readable | Buffer[],
  send: (path: string) => Promise<T>,
): Promise<T> {
  const body = Array.isArray(source) ? Readable.from(source, { objectMode: false }) : source;
  const path = join(tmpdir(), `intake-outgoing-${randomUUID()}`);
  // A source may fail before the first read listens to it; unheard, that would end the process.
  body.on("error", () => undefined);
  try {
    await writeSpool(path, body);
    return await send(path);
  } catch (error) {
    const isOurs = error instanceof Error && "syscall" in error && error !== body.errored;
    throw isOurs ? new StorageUnavailableError({ cause: error }) : error;
  } finally {
    body.destroy();
    await rm(path, { force: true });
  }
}

async function writeSpool(path: string, body: Readable): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(body);
  } finally {
    await file.close();
  }
}
