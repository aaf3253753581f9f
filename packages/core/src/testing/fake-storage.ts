import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ObjectNotFoundError, type Storage, StorageUnavailableError } from "../ports/storage";

/** Storage in memory that can be switched off. The drivers have their own contract test in packages/storage. */
export function createFakeStorage() {
  const objects = new Map<string, { bytes: Buffer; storedAt: Date }>();
  const state = { isAway: false };
  const assertHere = () => {
    if (state.isAway) throw new StorageUnavailableError({ cause: new Error("switched off") });
  };
  const storage: Storage = {
    async put(key, body) {
      const bytes = await buffer(body);
      assertHere();
      objects.set(key, { bytes, storedAt: new Date() });
      return bytes.length;
    },
    async putFile(key, path) {
      const bytes = await readFile(path);
      assertHere();
      objects.set(key, { bytes, storedAt: new Date() });
    },
    async get(key, range) {
      assertHere();
      const object = objects.get(key);
      if (!object) throw new ObjectNotFoundError(key);
      return Readable.from([range ? object.bytes.subarray(range.start, range.end + 1) : object.bytes]);
    },
    async delete(key) {
      assertHere();
      objects.delete(key);
    },
    async *list(prefix) {
      assertHere();
      for (const [key, { bytes, storedAt }] of objects)
        if (key.startsWith(prefix)) yield { key, sizeBytes: bytes.length, storedAt };
    },
    async check() {
      assertHere();
    },
  };
  return { ...storage, objects, state };
}
