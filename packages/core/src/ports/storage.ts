import type { Readable } from "node:stream";
import type { LocalFile } from "./local-file";

/** What `list` tells about one stored object. */
export interface StoredObject {
  key: string;
  /** Of the object as it lies there; encrypted, it is a little larger than its file. */
  sizeBytes: number;
  storedAt: Date;
}

/** Where a file lies and whose it is. All of it is bound to the bytes: moved under another key or row, they do not open. */
export interface FilePlace {
  storageKey: string;
  leadId: string;
  resumeId: string;
}

/** A file as its row remembers it. */
export interface StoredFile extends FilePlace {
  /** The master key that wraps the file's own key; null for a file from before encryption, which lies there in plain. */
  keyName: string | null;
}

/**
 * Where resumes lie, encrypted. Storage keys are random, made by us, put once, `/`-separated, and match `[a-z0-9/-]+`.
 * Every method throws `StorageUnavailableError` when the place itself, or the master key, is away, slow or full.
 */
export interface Storage {
  /** The master key that whatever is stored now is under. */
  keyName: string;
  /**
   * Stores the whole stream durably (survives a power cut once resolved) or nothing at all. Resolves to the name of the key it is
   * under, for the row. A remote place whose answer is lost may keep an object nobody was promised; the sweeper of orphans takes it.
   */
  put(place: FilePlace, body: Readable): Promise<{ keyName: string }>;
  /** The same for a file that is here already. Bytes in memory are at most `mostHeldBytes`. */
  putFile(place: FilePlace, file: LocalFile): Promise<{ keyName: string }>;
  /**
   * Opens the file, optionally only bytes `start`..`end` inclusive. Resolves when all of it is proven to be what was stored: else
   * `FileAlteredError`, and no byte. Throws `ObjectNotFoundError`. The stream ends only after its last byte; when the place goes away
   * before, it fails.
   */
  get(file: StoredFile, range?: { start: number; end: number }): Promise<Readable>;
  /** Whether an object lies under the key; it is not opened. */
  has(storageKey: string): Promise<boolean>;
  /** Removes the object; removing what is not there is fine. */
  delete(storageKey: string): Promise<void>;
  /** All objects below a prefix, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Throws when the place cannot take a file now (for readiness). */
  check(): Promise<void>;
}

export class ObjectNotFoundError extends Error {
  constructor(readonly key: string) {
    super("No object is stored under this key");
    this.name = "ObjectNotFoundError";
  }
}

/** The object is not what was stored for this row: altered, cut, another row's, or under a key that is not ours. */
export class FileAlteredError extends Error {
  constructor(
    readonly key: string,
    options?: { cause: unknown },
  ) {
    super("The stored file is not the one that was received", options);
    this.name = "FileAlteredError";
  }
}

export class StorageUnavailableError extends Error {
  constructor(options: { cause: unknown }) {
    super("The file storage did not answer", options);
    this.name = "StorageUnavailableError";
  }
}
