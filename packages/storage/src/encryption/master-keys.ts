import type { KeyringNode } from "@aws-crypto/material-management-node";
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from "@aws-crypto/raw-aes-keyring-node";
import { StorageUnavailableError } from "@intake/core/ports/storage";

/** A key that wraps the keys of files and secrets, each of which has its own. */
export interface MasterKey {
  /** What rows remember: the version of the environment's key, or the ARN of KMS's. */
  name: string;
  open(): OpenMasterKey;
}

/** A way to the key, for one message. */
export interface OpenMasterKey {
  keyring: KeyringNode;
  /** Why the service that holds the key could not be asked, once that has happened. */
  failure(): StorageUnavailableError | undefined;
}

/** All master keys of the installation. */
export interface MasterKeys {
  /** What is written now is under this one. */
  current: MasterKey;
  /** Throws `StorageUnavailableError` for a name that is not configured: the operator can put the key back. */
  find(name: string): MasterKey;
}

/** The first of the keys is the current one; throws a `TypeError` when there is none. */
export function createMasterKeys(keys: MasterKey[]): MasterKeys {
  const [current] = keys;
  if (!current) throw new TypeError("There is no master key");
  const byName = new Map(keys.map((key) => [key.name, key]));
  return {
    current,
    find(name) {
      const key = byName.get(name);
      if (!key)
        throw new StorageUnavailableError({ cause: new Error(`The master key ${name} is not configured`) });
      return key;
    },
  };
}

const keyBytes = 32;

/** A key from the environment: 32 random bytes. */
export function createOwnMasterKey({ name, bytes }: { name: string; bytes: Uint8Array }): MasterKey {
  if (bytes.length !== keyBytes) throw new TypeError(`A master key has ${keyBytes} bytes`);
  const keyring = new RawAesKeyringNode({
    keyName: name,
    keyNamespace: "intake",
    // The SDK keeps it in memory of its own and may wipe what it was given.
    unencryptedMasterKey: new Uint8Array(bytes),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  return { name, open: () => ({ keyring, failure: () => undefined }) };
}
