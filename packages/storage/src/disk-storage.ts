import { randomUUID } from "node:crypto";
import { type FileHandle, open, opendir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { ObjectNotFoundError, StorageUnavailableError, type StoredObject } from "@intake/core/ports/storage";
import { makeFolder, syncFolder } from "./durable-folder";
import type { ObjectStore } from "./object-store";
import { assertStorageKey, assertStoragePrefix } from "./storage-key";

/** A name with a dot cannot be a key, so an unfinished file is never mistaken for an object. */
const unfinishedSuffix = ".part";
/** An unfinished file this old was left by a process that was killed. */
const abandonedAfterMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Keeps objects as files below `directory`, which is made when first needed. `put` resolves only when the file and its
 * folder are on the disk (temporary name, fsync, rename, fsync; security rule 8). `list` also clears away what killed
 * uploads left behind more than a day ago.
 */
export function createDiskStorage({ directory }: { directory: string }): ObjectStore {
  const root = resolve(directory);
  const pathOf = (key: string) => join(root, ...key.split("/"));

  return {
    async put(key, body) {
      assertStorageKey(key);
      return reporting(() => writeDurably(pathOf(key), body));
    },
    async get(key, range) {
      assertStorageKey(key);
      const stream = await reporting(() => openFile(pathOf(key), range));
      if (!stream) throw new ObjectNotFoundError(key);
      return stream;
    },
    async delete(key) {
      assertStorageKey(key);
      await reporting(async () => {
        await rm(pathOf(key), { force: true });
        // An erased file must not come back after a power cut.
        await unlessMissing(() => syncFolder(dirname(pathOf(key))));
      });
    },
    async *list(prefix) {
      assertStoragePrefix(prefix);
      const paths = walk(join(root, ...prefix.split("/").slice(0, -1)));
      for (;;) {
        const next = await reporting(() => paths.next());
        if (next.done) return;
        const key = relative(root, next.value).split(sep).join("/");
        const object = key.startsWith(prefix)
          ? await reporting(() => describeFile(key, next.value))
          : undefined;
        if (object) yield object;
      }
    },
    async check() {
      await reporting(async () => {
        const probe = unfinishedPath(root);
        try {
          await writeSynced(await create(probe), [Buffer.from("probe")]);
        } finally {
          await removeQuietly(probe);
        }
      });
    },
  };
}

/** Syncs the content before it gets its name, so that the name never stands for half a file. */
async function writeDurably(path: string, body: Readable | Buffer[]): Promise<number> {
  const folder = dirname(path);
  const source = body instanceof Readable ? body : undefined;
  // A source may fail before the first read listens to it; unheard, that would end the process.
  source?.on("error", () => undefined);
  const unfinished = unfinishedPath(folder);
  try {
    const sizeBytes = await writeSynced(await create(unfinished), body);
    await rename(unfinished, path);
    await syncFolder(folder);
    return sizeBytes;
  } catch (error) {
    source?.destroy();
    await removeQuietly(unfinished);
    // What went wrong with the source is its own error, never the storage's.
    throw error instanceof Error && error === source?.errored ? new SourceFailure(error) : error;
  }
}

/** A new file, in a folder that may have to be made first. */
async function create(path: string): Promise<FileHandle> {
  const file = await unlessMissing(() => open(path, "wx", 0o600));
  if (file) return file;
  await makeFolder(dirname(path));
  return open(path, "wx", 0o600);
}

/** Closes the file, and resolves to its bytes once they are on the disk. */
async function writeSynced(file: FileHandle, body: Readable | Buffer[]): Promise<number> {
  try {
    const sizeBytes = await (body instanceof Readable ? writeStream(file, body) : writePieces(file, body));
    await file.sync();
    return sizeBytes;
  } finally {
    await file.close();
  }
}

async function writeStream(file: FileHandle, body: Readable): Promise<number> {
  await file.writeFile(body);
  return (await file.stat()).size;
}

/** A disk that is nearly full takes a part of them; the rest then says why. */
async function writePieces(file: FileHandle, pieces: Buffer[]): Promise<number> {
  const { bytesWritten } = await file.writev(pieces);
  const whole = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (bytesWritten < whole) await file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  return whole;
}

async function openFile(path: string, range?: { start: number; end: number }): Promise<Readable | undefined> {
  const file = await unlessMissing(() => open(path, "r"));
  if (!file) return undefined;
  if ((await file.stat()).isFile()) return file.createReadStream(range);
  await file.close();
  return undefined;
}

async function describeFile(key: string, path: string): Promise<StoredObject | undefined> {
  const found = await unlessMissing(() => stat(path));
  return found && { key, sizeBytes: found.size, storedAt: found.mtime };
}

/** Every finished file below a folder, while others come and go. */
async function* walk(folder: string): AsyncGenerator<string, undefined> {
  const entries = await unlessMissing(() => opendir(folder));
  if (!entries) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.name.endsWith(unfinishedSuffix)) await removeAbandoned(path);
    else if (entry.isFile()) yield path;
  }
}

async function removeAbandoned(path: string): Promise<void> {
  const found = await unlessMissing(() => stat(path));
  if (found && Date.now() - found.mtimeMs > abandonedAfterMilliseconds) await rm(path, { force: true });
}

function unfinishedPath(folder: string): string {
  return join(folder, `.${randomUUID()}${unfinishedSuffix}`);
}

/** After a failure, which is what is told then. */
async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Carries a source's error past `reporting`, which unwraps it. */
class SourceFailure extends Error {
  constructor(readonly source: Error) {
    super("The source stream failed", { cause: source });
  }
}

/** Every error of a system call (full, read-only, away, broken) means that the storage is unavailable. */
async function reporting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SourceFailure) throw error.source;
    if (error instanceof Error && "syscall" in error) throw new StorageUnavailableError({ cause: error });
    throw error;
  }
}
