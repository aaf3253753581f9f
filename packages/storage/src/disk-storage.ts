import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, opendir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
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
    async putFile(key, path) {
      assertStorageKey(key);
      return reporting(() => moveDurably(path, pathOf(key)));
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
        await makeFolder(root);
        await removing(unfinishedPath(root), (probe) => writeSynced(probe, "probe"));
      });
    },
  };
}

async function writeDurably(path: string, body: Readable): Promise<number> {
  const folder = dirname(path);
  // A source may fail before the first read listens to it; unheard, that would end the process.
  body.on("error", () => undefined);
  try {
    await makeFolder(folder);
    return await removing(unfinishedPath(folder), async (unfinished) => {
      const sizeBytes = await writeSynced(unfinished, body);
      await rename(unfinished, path);
      await syncFolder(folder);
      return sizeBytes;
    });
  } catch (error) {
    body.destroy();
    // What went wrong with the source is its own error, never the storage's.
    throw error instanceof Error && error === body.errored ? new SourceFailure(error) : error;
  }
}

/** Syncs the content before it gets its name, so that the name never stands for half a file. */
async function moveDurably(source: string, path: string): Promise<void> {
  await syncFile(source);
  try {
    await rename(source, path);
  } catch (error) {
    // No folder yet, or another file system: a copy gets there.
    if (!hasCode(error, "ENOENT") && !hasCode(error, "EXDEV")) throw error;
    await writeDurably(path, createReadStream(source));
    return;
  }
  await syncFolder(dirname(path));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Creates the file and resolves to its bytes once they are on the disk. */
async function writeSynced(path: string, body: Readable | string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
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

/** Whatever happens, nothing stays under the given name. */
async function removing<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  try {
    return await work(path);
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
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
