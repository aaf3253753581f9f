import { join } from "node:path";
import type { Log } from "@intake/core/ports/log";
import type { Storage } from "@intake/core/ports/storage";
import { createDiskStorage } from "@intake/storage/disk-storage";
import { createEncryptedStorage } from "@intake/storage/encryption/encrypted-storage";
import {
  createMasterKeys,
  createOwnMasterKey,
  type MasterKey,
  type MasterKeys,
} from "@intake/storage/encryption/master-keys";
import type { ObjectStore } from "@intake/storage/object-store";
import { readOwnMasterKey } from "./data-directory";
import type { HostSettings } from "./settings";

interface OpenStorageInput {
  masterKeys: MasterKeys;
  log: Log;
  /** Called when a file turns out not to be what was stored. */
  onAltered?: () => void;
}

/** The storage that the settings choose, everything in it encrypted. */
export async function openStorage(
  settings: Pick<HostSettings, "storage" | "dataDirectory">,
  input: OpenStorageInput,
): Promise<Storage> {
  return createEncryptedStorage({ store: await openStore(settings), ...input });
}

/** A vendor's SDK is loaded only where it is used. */
async function openStore({
  storage,
  dataDirectory,
}: Pick<HostSettings, "storage" | "dataDirectory">): Promise<ObjectStore> {
  switch (storage.kind) {
    case "disk":
      return createDiskStorage({ directory: join(dataDirectory, "storage") });
    case "s3":
      return (await import("@intake/storage/s3-storage")).createS3Storage(storage);
    case "azure":
      return (await import("@intake/storage/azure-storage")).createAzureStorage(storage);
  }
}

/**
 * The keys that the settings name: those of KMS first, then those of the environment. Without any the installation makes one of its
 * own; where it has made one, that key stays the last.
 */
export async function openMasterKeys({
  encryption,
  dataDirectory,
}: Pick<HostSettings, "encryption" | "dataDirectory">): Promise<MasterKeys> {
  const { kms, keys } = encryption;
  const named: MasterKey[] = keys.map(createOwnMasterKey);
  if (kms.arns.length > 0) {
    const { createKmsMasterKey } = await import("@intake/storage/encryption/kms-master-key");
    named.unshift(...kms.arns.map((arn) => createKmsMasterKey(arn, kms)));
  }
  const own = await readOwnMasterKey(dataDirectory, { isNeeded: named.length === 0 });
  if (own) named.push(createOwnMasterKey(own));
  return createMasterKeys(named);
}
