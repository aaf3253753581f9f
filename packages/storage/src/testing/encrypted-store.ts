import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { mostHeldBytes } from "@intake/core/ports/local-file";
import { createEncryptedStorage } from "../encryption/encrypted-storage";
import type { MasterKeys } from "../encryption/master-keys";
import type { ObjectStore } from "../object-store";
import { testKeys } from "./master-key";

const ignore = () => undefined;
export const silentLog = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** An encrypted storage as if it were a driver, so that it can be held to the drivers' contract: all files are of one resume. */
export function asStore(store: ObjectStore, masterKeys: MasterKeys = testKeys): ObjectStore {
  const storage = createEncryptedStorage({ store, masterKeys, log: silentLog });
  const placeOf = (storageKey: string) => ({ storageKey, leadId: "a lead", resumeId: "a resume" });
  const get: ObjectStore["get"] = (key, range) =>
    storage.get({ ...placeOf(key), keyName: storage.keyName }, range);
  return {
    async put(key, body) {
      if (Array.isArray(body)) {
        const bytes = Buffer.concat(body);
        if (bytes.length <= mostHeldBytes) await storage.putFile(placeOf(key), { bytes });
        else await storage.put(placeOf(key), Readable.from([bytes]));
        return bytes.length;
      }
      let sizeBytes = 0;
      body.on("data", (piece: Buffer) => {
        sizeBytes += piece.length;
      });
      await storage.put(placeOf(key), body);
      return sizeBytes;
    },
    get,
    delete: (key) => storage.delete(key),
    async *list(prefix) {
      // The store lists what it holds, which is larger than what was put.
      for await (const object of storage.list(prefix))
        yield { ...object, sizeBytes: (await buffer(await get(object.key))).length };
    },
    check: () => storage.check(),
  };
}
