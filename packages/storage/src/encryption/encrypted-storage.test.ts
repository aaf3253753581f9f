import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { mostHeldBytes } from "@intake/core/ports/local-file";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import { expect, onTestFinished, test } from "vitest";
import { createDiskStorage } from "../disk-storage";
import { createMemoryStorage } from "../memory-storage";
import { describeStorageContract } from "../storage-contract";
import { asStore, silentLog } from "../testing/encrypted-store";
import { testKeys } from "../testing/master-key";
import { createEncryptedStorage } from "./encrypted-storage";

describeStorageContract("encrypted memory", async () => asStore(createMemoryStorage()));

describeStorageContract("encrypted disk", async () => {
  const directory = await mkdtemp(join(tmpdir(), "intake-encrypted-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return asStore(createDiskStorage({ directory }));
});

test("a file is stored from memory, or from where it lies", async () => {
  const directory = await mkdtemp(join(tmpdir(), "intake-encrypted-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const storage = createEncryptedStorage({
    store: createMemoryStorage(),
    masterKeys: testKeys,
    log: silentLog,
  });
  const placeOf = (storageKey: string) => ({ storageKey, leadId: "a lead", resumeId: "a resume" });
  const read = async (storageKey: string) =>
    buffer(await storage.get({ ...placeOf(storageKey), keyName: storage.keyName }));
  const bytes = randomBytes(mostHeldBytes);
  await storage.putFile(placeOf("memory"), { bytes });
  expect((await read("memory")).equals(bytes)).toBe(true);
  const path = join(directory, "spooled");
  const larger = randomBytes(3 * mostHeldBytes);
  await writeFile(path, larger);
  await storage.putFile(placeOf("file"), { path });
  expect((await read("file")).equals(larger)).toBe(true);
  const missing = storage.putFile(placeOf("missing"), { path: join(directory, "missing") });
  await expect(missing).rejects.toThrow(StorageUnavailableError);
  expect(await storage.has("missing")).toBe(false);
});
