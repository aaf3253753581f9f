import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createDiskStorage } from "../disk-storage";
import { createMemoryStorage } from "../memory-storage";
import { describeStorageContract } from "../storage-contract";
import { asStore } from "../testing/encrypted-store";

describeStorageContract("encrypted memory", async () => asStore(createMemoryStorage()));

describeStorageContract("encrypted disk", async () => {
  const directory = await mkdtemp(join(tmpdir(), "intake-encrypted-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return asStore(createDiskStorage({ directory }));
});
