import { join } from "node:path";
import type { Storage } from "@intake/core/ports/storage";
import { createDiskStorage } from "@intake/storage/disk-storage";
import type { HostSettings } from "./settings";

/** The storage that the settings choose. A vendor's SDK is loaded only where it is used. */
export async function openStorage({
  storage,
  dataDirectory,
}: Pick<HostSettings, "storage" | "dataDirectory">): Promise<Storage> {
  switch (storage.kind) {
    case "disk":
      return createDiskStorage({ directory: join(dataDirectory, "storage") });
    case "s3":
      return (await import("@intake/storage/s3-storage")).createS3Storage(storage);
    case "azure":
      return (await import("@intake/storage/azure-storage")).createAzureStorage(storage);
  }
}
