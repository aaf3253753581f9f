/** Keys are made by us; the pattern is held again here, so that no defect elsewhere can name a path outside the store. */
const keyPattern = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/;
const prefixPattern = /^(?:[a-z0-9-]+\/)*[a-z0-9-]*$/;
const maxKeyLength = 512;

/** Whether `key` is `/`-separated segments of `[a-z0-9-]+`. A shared bucket holds other things, too. */
export function isStorageKey(key: string): boolean {
  return key.length <= maxKeyLength && keyPattern.test(key);
}

/** Throws a `TypeError` unless `isStorageKey(key)`. */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new TypeError("Not a storage key");
}

/** Throws a `TypeError` unless `prefix` is the beginning of a key, or empty. */
export function assertStoragePrefix(prefix: string): void {
  if (prefix.length > maxKeyLength || !prefixPattern.test(prefix))
    throw new TypeError("Not a storage prefix");
}
