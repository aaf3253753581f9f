import { Readable, Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { FileAlteredError, type FilePlace, StorageUnavailableError } from "@intake/core/ports/storage";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryStorage } from "../memory-storage";
import { silentLog } from "../testing/encrypted-store";
import { testKey } from "../testing/master-key";
import { createEncryptedStorage } from "./encrypted-storage";
import { createMasterKeys, type MasterKey } from "./master-keys";

const place: FilePlace = { storageKey: "resumes/one", leadId: "lead-1", resumeId: "resume-1" };
const frame = 64 * 1024;
const key = testKey("2026-11");
/** One held in memory, in one frame; one that streams, in many; one that ends with a whole frame. */
const sizes = { small: 200_000, large: 700_000, even: 10 * frame };

const store = createMemoryStorage();
const error = vi.fn();
const onAltered = vi.fn();
const open = (...keys: MasterKey[]) =>
  createEncryptedStorage({
    store,
    masterKeys: createMasterKeys(keys),
    log: { ...silentLog, error },
    onAltered,
  });
const storage = open(key);

beforeEach(() => {
  vi.restoreAllMocks();
  error.mockClear();
  onAltered.mockClear();
});

async function put(target: FilePlace, bytes: Buffer): Promise<Buffer> {
  await storage.put(target, Readable.from([bytes]));
  return buffer(await store.get(target.storageKey));
}

/** What lies in the store arrives in pieces, as from a disk or a line. */
async function lay(storageKey: string, message: Buffer): Promise<void> {
  await store.put(storageKey, Readable.from([message]));
  vi.spyOn(store, "get").mockImplementation(async () => {
    const pieces = Array.from({ length: Math.ceil(message.length / 50_000) }, (_, index) =>
      message.subarray(index * 50_000, (index + 1) * 50_000),
    );
    return Readable.from(pieces, { objectMode: false });
  });
}

async function expectAltered(file: FilePlace = place): Promise<void> {
  error.mockClear();
  await expect(storage.get({ ...file, keyName: key.name })).rejects.toThrow(FileAlteredError);
  expect(error).toHaveBeenCalledTimes(1);
}

describe.each(Object.entries(sizes))("a %s file", (_name, size) => {
  const bytes = Buffer.alloc(size, "a resume, page after page; ");

  it("opens as it was, and as a part", async () => {
    await lay(place.storageKey, await put(place, bytes));
    const file = { ...place, keyName: key.name };
    expect((await buffer(await storage.get(file))).equals(bytes)).toBe(true);
    const part = await buffer(await storage.get(file, { start: frame - 5, end: frame + 5 }));
    expect(part).toEqual(bytes.subarray(frame - 5, frame + 6));
    expect(error).not.toHaveBeenCalled();
  });

  it("shows nothing of itself in the store", async () => {
    const message = await put(place, bytes);
    expect(message.includes("a resume, page")).toBe(false);
    expect(await put(place, bytes)).not.toEqual(message);
  });

  it("gives no byte when one bit is flipped anywhere", async () => {
    const message = await put(place, bytes);
    const frames = Array.from({ length: Math.ceil(size / frame) }, (_, index) => 350 + index * (frame + 32));
    const spots = [0, 1, 2, 3, 5, 40, 80, 120, 200, 260, 300, 330, ...frames, message.length - 1];
    for (const at of spots) {
      const flipped = Buffer.from(message);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0b100, at);
      await lay(place.storageKey, flipped);
      await expectAltered();
    }
    expect(onAltered).toHaveBeenCalledTimes(spots.length);
  });

  it("gives no byte when it is cut or goes on", async () => {
    const message = await put(place, bytes);
    for (const length of [0, 1, 100, 400, frame, size, message.length - 1]) {
      await lay(place.storageKey, message.subarray(0, length));
      await expectAltered();
    }
    await lay(place.storageKey, Buffer.concat([message, Buffer.alloc(10_000)]));
    await expectAltered();
    await lay(place.storageKey, Buffer.concat([message, message]));
    await expectAltered();
  });

  it.skipIf(size === sizes.small)("gives no byte when its frames changed places", async () => {
    const message = await put(place, bytes);
    // Of a full frame: number, nonce, content, tag. The rest is header and last frame.
    const full = 4 + 12 + frame + 16;
    const start = message.indexOf(Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
    const first = message.subarray(start, start + full);
    const second = message.subarray(start + full, start + 2 * full);
    expect(second.readUInt32BE(0)).toBe(2);
    const rest = message.subarray(start + 2 * full);
    const head = message.subarray(0, start);
    for (const parts of [[second, first], [first, first], [second], [first, second, second], []]) {
      await lay(place.storageKey, Buffer.concat([head, ...parts, rest]));
      await expectAltered();
    }
  });

  it("opens neither for another row nor from another place, nor for a row whose object it replaced", async () => {
    const other = { storageKey: "resumes/two", leadId: "lead-2", resumeId: "resume-2" };
    const message = await put(other, bytes);
    await lay(place.storageKey, message);
    await expectAltered();
    await lay(other.storageKey, message);
    await expectAltered({ ...other, leadId: place.leadId });
    await expectAltered({ ...other, resumeId: place.resumeId });
    await expectAltered({ ...other, storageKey: place.storageKey });
  });

  it("does not open under a stranger's key of the same name", async () => {
    const stranger = open(testKey(key.name, 2));
    await stranger.put(place, Readable.from([bytes]));
    await lay(place.storageKey, await buffer(await store.get(place.storageKey)));
    await expectAltered();
  });

  it("is never given in plain for a row that names a key", async () => {
    await lay(place.storageKey, bytes);
    await expectAltered();
  });
});

it("says in the log what it was, without a word of the file, and counts it", async () => {
  await lay(place.storageKey, Buffer.from("%PDF-1.7"));
  await expect(storage.get({ ...place, keyName: key.name })).rejects.toThrow(FileAlteredError);
  expect(error).toHaveBeenCalledWith(
    { ...place, event: "file_integrity_fail", reason: expect.any(String) },
    "stored file was altered",
  );
  expect(JSON.stringify(error.mock.calls)).not.toContain("PDF-1.7");
  expect(onAltered).toHaveBeenCalledTimes(1);
});

it("opens what an older key wraps, and asks for a key that is not configured", async () => {
  await storage.put(place, Readable.from([Buffer.from("kept")]));
  await lay(place.storageKey, await buffer(await store.get(place.storageKey)));
  const newer = open(testKey("2027-01", 3), key);
  expect(newer.keyName).toBe("2027-01");
  expect(String(await buffer(await newer.get({ ...place, keyName: key.name })))).toBe("kept");
  const read = open(testKey("2027-01", 3)).get({ ...place, keyName: key.name });
  await expect(read).rejects.toThrow(StorageUnavailableError);
  expect(error).not.toHaveBeenCalled();
});

it("notices what happens to a large file between proving and giving it, and asks for a part no less", async () => {
  const message = await put(place, Buffer.alloc(sizes.large, "page after page "));
  const flipped = Buffer.from(message);
  flipped.writeUInt8(flipped.readUInt8(message.length - 1) ^ 1, message.length - 1);
  await lay(place.storageKey, flipped);
  await expect(storage.get({ ...place, keyName: key.name }, { start: 0, end: 9 })).rejects.toThrow(
    FileAlteredError,
  );
  vi.spyOn(store, "get")
    .mockImplementationOnce(async () => Readable.from([message], { objectMode: false }))
    .mockImplementationOnce(async () => Readable.from([flipped], { objectMode: false }));
  await expect(buffer(await storage.get({ ...place, keyName: key.name }))).rejects.toThrow(FileAlteredError);
  expect(error).toHaveBeenCalledTimes(2);
});

it("does not call it altered when a reader hangs up in the middle, before the beginning, or the store goes away", async () => {
  const message = await put(place, Buffer.alloc(sizes.large, "page after page "));
  await lay(place.storageKey, message);
  const file = { ...place, keyName: key.name };
  for (const reason of [undefined, new Error("hung up")]) {
    const read = await storage.get(file);
    await new Promise((resolve) => read.once("readable", resolve));
    read.read(1000);
    await hangUp(read, reason);
    await hangUp(await storage.get(file), reason);
    await hangUp(await storage.get(file, { start: 70_000, end: 90_000 }), reason);
  }
  await expect(pipeline(await storage.get(file), brokenWriter())).rejects.toThrow("no room");
  const away = new StorageUnavailableError({ cause: new Error("cut") });
  vi.spyOn(store, "get").mockImplementation(async () =>
    Readable.from(
      (async function* () {
        yield message.subarray(0, 400_000);
        throw away;
      })(),
      { objectMode: false },
    ),
  );
  await expect(storage.get(file)).rejects.toBe(away);
  expect(error).not.toHaveBeenCalled();
});

async function hangUp(read: Readable, reason: Error | undefined): Promise<void> {
  const closed = new Promise((resolve) => read.once("close", resolve));
  read.on("error", () => undefined).destroy(reason);
  await closed;
}

function brokenWriter(): Writable {
  return new Writable({ write: (_piece, _encoding, done) => done(new Error("no room")) });
}

it("reads a file from before encryption as it is", async () => {
  await lay(place.storageKey, Buffer.from("plain"));
  expect(String(await buffer(await storage.get({ ...place, keyName: null })))).toBe("plain");
});
