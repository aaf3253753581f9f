import { createReadStream } from "node:fs";
import type { createEncryptedStorage as realStorage } from "@intake/storage/encryption/encrypted-storage";

/**
 * Stands in for `storage/encryption/encrypted-storage` in the build that encryption is compared with: files lie there as they came. Never
 * part of the product: only `encryption.ts` builds with it.
 */
export const createEncryptedStorage: typeof realStorage = ({ store, masterKeys }) => {
  const keyName = masterKeys.current.name;
  return {
    keyName,
    async put({ storageKey }, body) {
      await store.put(storageKey, body);
      return { keyName };
    },
    async putFile({ storageKey }, file) {
      await store.put(storageKey, "bytes" in file ? [file.bytes] : createReadStream(file.path));
      return { keyName };
    },
    get: ({ storageKey }, range) => store.get(storageKey, range),
    has: async () => true,
    delete: (storageKey) => store.delete(storageKey),
    list: (prefix) => store.list(prefix),
    check: () => store.check(),
  };
};
