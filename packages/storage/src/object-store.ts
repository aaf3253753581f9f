import type { Readable } from "node:stream";
import type { StoredObject } from "@intake/core/ports/storage";

/**
 * What a driver does: keeps objects, whatever they mean. Every method throws `StorageUnavailableError` when the place itself is away,
 * slow or full.
 */
export interface ObjectStore {
  /**
   * Stores the whole stream, or pieces in memory, durably (survives a power cut once resolved) or nothing at all. Resolves to bytes
   * written. A remote place whose answer is lost may keep an object nobody was promised; the sweeper of orphans takes it.
   */
  put(key: string, body: Readable | Buffer[]): Promise<number>;
  /**
   * Opens the object, optionally only bytes `start`..`end` inclusive. Throws `ObjectNotFoundError`. The stream ends only after its
   * last byte; when the place goes away before, it fails.
   */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Removes the object; removing what is not there is fine. */
  delete(key: string): Promise<void>;
  /** All objects below a prefix, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Throws when the place cannot take a file now (for readiness). */
  check(): Promise<void>;
}
