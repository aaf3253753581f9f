import { createMasterKeys, createOwnMasterKey } from "../encryption/master-keys";

/** A master key of the environment whose bytes are all alike. */
export function testKey(name: string, byte = 1) {
  return createOwnMasterKey({ name, bytes: new Uint8Array(32).fill(byte) });
}

/** One key, the current one. */
export const testKeys = createMasterKeys([testKey("2026-11")]);
