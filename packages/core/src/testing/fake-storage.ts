import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  FileAlteredError,
  type FilePlace,
  ObjectNotFoundError,
  type Storage,
  StorageUnavailableError,
} from "../ports/storage";

interface FakeObject {
  bytes: Buffer;
  storedAt: Date;
  place: FilePlace;
  keyName: string;
}

/** Storage in memory that can be switched off. The drivers and the encryption have their own tests in packages/storage. */
export function createFakeStorage() {
  const objects = new Map<string, FakeObject>();
  const state = { isAway: false, keyName: "test-key" };
  const assertHere = () => {
    if (state.isAway) throw new StorageUnavailableError({ cause: new Error("switched off") });
  };
  const keep = (place: FilePlace, bytes: Buffer) => {
    assertHere();
    const { keyName } = state;
    objects.set(place.storageKey, { bytes, storedAt: new Date(), place, keyName });
    return { keyName };
  };
  const storage: Storage = {
    get keyName() {
      return state.keyName;
    },
    put: async (place, body) => keep(place, await buffer(body)),
    putFile: async (place, file) =>
      keep(place, "bytes" in file ? Buffer.from(file.bytes) : await readFile(file.path)),
    async get(file, range) {
      assertHere();
      const object = objects.get(file.storageKey);
      if (!object) throw new ObjectNotFoundError(file.storageKey);
      const { leadId, resumeId } = object.place;
      if (file.keyName !== object.keyName || file.leadId !== leadId || file.resumeId !== resumeId)
        throw new FileAlteredError(file.storageKey);
      return Readable.from([range ? object.bytes.subarray(range.start, range.end + 1) : object.bytes]);
    },
    async has(storageKey) {
      assertHere();
      return objects.has(storageKey);
    },
    async delete(storageKey) {
      assertHere();
      objects.delete(storageKey);
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
  return Object.assign(storage, { objects, state });
}
