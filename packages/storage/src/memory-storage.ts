import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ObjectNotFoundError } from "@intake/core/ports/storage";
import type { ObjectStore } from "./object-store";
import { assertStorageKey, assertStoragePrefix } from "./storage-key";

/** Keeps objects in memory, for tests; holds the same contract as the real drivers. `now` dates them. */
export function createMemoryStorage({ now = () => new Date() }: { now?: () => Date } = {}): ObjectStore {
  const objects = new Map<string, { bytes: Buffer; storedAt: Date }>();

  return {
    async put(key, body) {
      assertStorageKey(key);
      const bytes = Array.isArray(body) ? Buffer.concat(body) : await buffer(body);
      objects.set(key, { bytes, storedAt: now() });
      return bytes.length;
    },
    async get(key, range) {
      assertStorageKey(key);
      const object = objects.get(key);
      if (!object) throw new ObjectNotFoundError(key);
      const bytes = range ? object.bytes.subarray(range.start, range.end + 1) : object.bytes;
      return Readable.from(
        [bytes].filter((part) => part.length > 0),
        { objectMode: false },
      );
    },
    async delete(key) {
      assertStorageKey(key);
      objects.delete(key);
    },
    async *list(prefix) {
      assertStoragePrefix(prefix);
      for (const [key, { bytes, storedAt }] of [...objects]) {
        if (key.startsWith(prefix)) yield { key, sizeBytes: bytes.length, storedAt };
      }
    },
    async check() {
      // Memory is always there.
    },
  };
}
