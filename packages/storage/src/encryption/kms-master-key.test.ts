import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { FileAlteredError, StorageUnavailableError } from "@intake/core/ports/storage";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStorage } from "../memory-storage";
import { listAll } from "../storage-contract";
import { silentLog } from "../testing/encrypted-store";
import { findFreePort } from "../testing/free-port";
import { startKeyService } from "../testing/key-service";
import { testKey } from "../testing/master-key";
import { createEncryptedStorage } from "./encrypted-storage";
import { createKmsMasterKey, type KmsInput } from "./kms-master-key";
import { createMasterKeys, type MasterKey } from "./master-keys";
import { createSecretBox } from "./secret-box";

const arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const otherArn = arn.replace("1234abcd", "4321dcba");
const place = { storageKey: "resumes/one", leadId: "lead-1", resumeId: "resume-1" };
const large = Buffer.alloc(600_000, "page after page ");

let service: Awaited<ReturnType<typeof startKeyService>>;
beforeAll(async () => {
  service = await startKeyService([arn, otherArn]);
});
afterAll(() => service.stop());

const store = createMemoryStorage();
const kmsKey = (input: KmsInput = {}, name = arn) =>
  createKmsMasterKey(name, { ...service, timeoutSeconds: 0.2, ...input });
const open = (...keys: MasterKey[]) =>
  createEncryptedStorage({ store, masterKeys: createMasterKeys(keys), log: silentLog });
const bodyOf = (bytes: Buffer) => Readable.from([bytes]);

beforeEach(() => {
  service.state.fault = null;
  service.state.calls.length = 0;
});

it.each([
  ["small", Buffer.from("one page")],
  ["large", large],
])("keeps a %s file under a key that never leaves the service", async (_name, bytes) => {
  const storage = open(kmsKey());
  expect(await storage.put(place, bodyOf(bytes))).toEqual({ keyName: arn });
  expect((await buffer(await storage.get({ ...place, keyName: arn }))).equals(bytes)).toBe(true);
  const context = { purpose: "resume", lead: "lead-1", resume: "resume-1", object: "resumes/one" };
  expect(service.state.calls[0]).toEqual({ action: "GenerateDataKey", context });
  expect(service.state.calls.slice(1).every(({ action }) => action === "Decrypt")).toBe(true);
});

it("is asked for secrets, too, and stands beside keys of the environment", async () => {
  const older = testKey("2025-01");
  const before = open(older);
  await before.put(place, bodyOf(large));
  const both = open(kmsKey(), older);
  expect(both.keyName).toBe(arn);
  expect((await buffer(await both.get({ ...place, keyName: "2025-01" }))).equals(large)).toBe(true);
  const box = createSecretBox(createMasterKeys([kmsKey(), older]));
  const sealed = await box.seal({ place: "a table a row", text: "secret" });
  expect(sealed.startsWith(`v2 ${arn} `)).toBe(true);
  expect(await box.unseal({ place: "a table a row", text: sealed })).toBe("secret");
});

it("calls a wrapped key that was altered, or that another key wrapped, an altered file", async () => {
  const storage = open(kmsKey(), kmsKey({}, otherArn));
  await storage.put(place, bodyOf(large));
  await expect(storage.get({ ...place, keyName: otherArn })).rejects.toThrow(FileAlteredError);
  const message = await buffer(await store.get(place.storageKey));
  const at = message.indexOf(arn) + arn.length + 20;
  message.writeUInt8(message.readUInt8(at) ^ 1, at);
  await store.put(place.storageKey, bodyOf(message));
  await expect(storage.get({ ...place, keyName: arn })).rejects.toThrow(FileAlteredError);
});

describe("a service that is away", () => {
  async function expectAway(key: MasterKey): Promise<void> {
    const empty = createMemoryStorage();
    const storage = createEncryptedStorage({
      store: empty,
      masterKeys: createMasterKeys([key]),
      log: silentLog,
    });
    for (const bytes of [Buffer.from("one page"), large])
      await expect(storage.put(place, bodyOf(bytes))).rejects.toThrow(StorageUnavailableError);
    expect(await listAll(empty, "")).toEqual([]);
  }

  it.each(["denied", "throttled", "silence"] as const)(
    "with %s stores nothing and says so",
    async (fault) => {
      service.state.fault = fault;
      await expectAway(kmsKey());
    },
  );

  it("because nothing listens, or the credentials are not its own", async () => {
    await expectAway(kmsKey({ endpoint: `http://127.0.0.1:${await findFreePort()}` }));
    await expectAway(kmsKey({ credentials: { accessKeyId: "AKIDOTHER", secretAccessKey: "x" } }));
  });

  it.each(["denied", "throttled", "silence"] as const)(
    "with %s opens nothing, without calling the file altered, and opens it when it is back",
    async (fault) => {
      const storage = open(kmsKey());
      for (const bytes of [Buffer.from("one page"), large]) {
        service.state.fault = null;
        await storage.put(place, bodyOf(bytes));
        service.state.fault = fault;
        await expect(storage.get({ ...place, keyName: arn })).rejects.toThrow(StorageUnavailableError);
        service.state.fault = null;
        expect((await buffer(await storage.get({ ...place, keyName: arn }))).equals(bytes)).toBe(true);
      }
    },
  );

  it("says only what it was called by the service", async () => {
    service.state.fault = "denied";
    const failure = await open(kmsKey())
      .put(place, bodyOf(large))
      .catch((error: Error) => error);
    expect(failure).toMatchObject({ cause: { message: "The key service said: AccessDeniedException" } });
  });
});
