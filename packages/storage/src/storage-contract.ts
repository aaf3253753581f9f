import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ObjectNotFoundError, StorageUnavailableError, type StoredObject } from "@intake/core/ports/storage";
import { describe, expect, it } from "vitest";
import type { ObjectStore } from "./object-store";

/** Registers the contract's tests; `makeStorage` gives a fresh, empty storage for each. */
export function describeStorageContract(name: string, makeStorage: () => Promise<ObjectStore>): void {
  describe(`${name}: storing and reading`, () => {
    it("gives back the bytes that were put, and their number", async () => {
      const storage = await makeStorage();
      const bytes = Buffer.from([0, 1, 2, 255, 10, 13, 0]);
      expect(await storage.put("resumes/ab/one-1", Readable.from([bytes]))).toBe(7);
      expect(await read(storage, "resumes/ab/one-1")).toEqual(bytes);
    });

    it("stores 5 MB that arrive in uneven pieces", async () => {
      const storage = await makeStorage();
      const bytes = largeBytes();
      const pieces: Buffer[] = [];
      for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 65_521) {
        pieces.push(bytes.subarray(at, at + size));
      }
      expect(await storage.put("large", Readable.from(pieces))).toBe(bytes.length);
      expect((await read(storage, "large")).equals(bytes)).toBe(true);
    });

    it("stores an empty object", async () => {
      const storage = await makeStorage();
      expect(await storage.put("empty", Readable.from([]))).toBe(0);
      expect(await read(storage, "empty")).toEqual(Buffer.alloc(0));
    });

    it.each([
      [0, 0, "0"],
      [2, 4, "234"],
      [7, 9, "789"],
      [7, 99, "789"],
      [20, 30, ""],
    ])("reads bytes %i to %i, both included", async (start, end, expected) => {
      const storage = await makeStorage();
      await storage.put("digits", text("0123456789"));
      expect((await buffer(await storage.get("digits", { start, end }))).toString()).toBe(expected);
    });

    it("replaces the whole object when its key is put again", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", text("a long first version"));
      await storage.put("a/b", text("second"));
      expect((await read(storage, "a/b")).toString()).toBe("second");
      expect(await keys(storage, "")).toEqual(["a/b"]);
    });

    it("keeps many objects apart that are put at once", async () => {
      const storage = await makeStorage();
      const names = Array.from({ length: 20 }, (_, index) => `batch/${index % 4}/${index}`);
      await Promise.all(names.map((key) => storage.put(key, text(`content of ${key}`))));
      for (const key of names) expect((await read(storage, key)).toString()).toBe(`content of ${key}`);
    });

    it("leaves one whole version when one key is put many times at once", async () => {
      const storage = await makeStorage();
      const versions = Array.from({ length: 8 }, (_, index) => String(index).repeat(100_000));
      const puts = await Promise.allSettled(versions.map((version) => storage.put("same", text(version))));
      // Who finds another's version where its own should lie says so; the last one never does.
      for (const put of puts)
        if (put.status === "rejected") expect(put.reason).toBeInstanceOf(StorageUnavailableError);
      expect(puts.map(({ status }) => status)).toContain("fulfilled");
      expect(versions).toContain((await read(storage, "same")).toString());
      expect(await keys(storage, "")).toEqual(["same"]);
    });
  });

  describe(`${name}: pieces in memory`, () => {
    it("stores them as one, in a place that was never used", async () => {
      const storage = await makeStorage();
      const bytes = largeBytes();
      const pieces = [bytes.subarray(0, 5), bytes.subarray(5, 5), bytes.subarray(5)];
      expect(await storage.put("new/place/file", pieces)).toBe(bytes.length);
      expect((await read(storage, "new/place/file")).equals(bytes)).toBe(true);
    });

    it("replaces the whole object when its key is put again", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", text("a long first version"));
      await storage.put("a/b", [Buffer.from("second")]);
      expect((await read(storage, "a/b")).toString()).toBe("second");
      expect(await keys(storage, "")).toEqual(["a/b"]);
    });

    it("keeps many files apart that are put at once", async () => {
      const storage = await makeStorage();
      const names = Array.from({ length: 40 }, (_, index) => `files/${index}`);
      await Promise.all(names.map((key) => storage.put(key, [Buffer.from(`content of ${key}`)])));
      for (const key of names) expect((await read(storage, key)).toString()).toBe(`content of ${key}`);
    });

    it("stores nothing at all as an empty object", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", []);
      expect((await read(storage, "a/b")).length).toBe(0);
    });
  });

  describe(`${name}: what is not there`, () => {
    it("throws ObjectNotFoundError with the key", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", text("x"));
      for (const key of ["a/c", "b/c/d", "a"]) {
        await expect(storage.get(key)).rejects.toThrow(new ObjectNotFoundError(key));
      }
    });

    it("removes an object, and removing it again is fine", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", text("x"));
      await storage.delete("a/b");
      await expect(storage.get("a/b")).rejects.toThrow(ObjectNotFoundError);
      await storage.delete("a/b");
      await storage.delete("never/was/there");
    });
  });

  describe(`${name}: a source that fails`, () => {
    it("stores nothing and throws the source's own error", async () => {
      const storage = await makeStorage();
      const failing = Readable.from(
        (async function* () {
          yield Buffer.alloc(100_000);
          throw new Error("The client hung up");
        })(),
      );
      await expect(storage.put("a/b", failing)).rejects.toThrow("The client hung up");
      await expectNothing(storage, "a/b");
    });

    it("stores nothing when the source is destroyed half-way", async () => {
      const storage = await makeStorage();
      const body = new PassThrough();
      const put = storage.put("a/b", body);
      const rejected = expect(put).rejects.toThrow();
      body.write(Buffer.alloc(10_000), () => body.destroy());
      await rejected;
      await expectNothing(storage, "a/b");
    });

    it("stores nothing when the source was destroyed before", async () => {
      const storage = await makeStorage();
      const body = new PassThrough();
      body.destroy();
      await expect(storage.put("a/b", body)).rejects.toThrow();
      await expectNothing(storage, "a/b");
    });

    it("throws the source's error also when it fails at once", async () => {
      const storage = await makeStorage();
      const body = new PassThrough();
      const rejected = expect(storage.put("a/b", body)).rejects.toThrow("cut");
      body.destroy(new Error("cut"));
      await rejected;
      await expectNothing(storage, "a/b");
    });

    it("keeps the earlier object", async () => {
      const storage = await makeStorage();
      await storage.put("a/b", text("first"));
      const body = new PassThrough();
      const rejected = expect(storage.put("a/b", body)).rejects.toThrow("cut");
      body.write("sec", () => body.destroy(new Error("cut")));
      await rejected;
      expect((await read(storage, "a/b")).toString()).toBe("first");
    });
  });

  describe(`${name}: listing`, () => {
    it("lists what lies below a prefix, with size and age", async () => {
      const storage = await makeStorage();
      const before = Date.now();
      for (const key of ["resumes/a/1", "resumes/a/2", "resumes/b/3", "other/4"])
        await storage.put(key, text(key));
      expect(await keys(storage, "resumes/")).toEqual(["resumes/a/1", "resumes/a/2", "resumes/b/3"]);
      expect(await keys(storage, "resumes/a")).toEqual(["resumes/a/1", "resumes/a/2"]);
      expect(await keys(storage, "")).toHaveLength(4);
      const [other] = await listAll(storage, "other/");
      expect(other).toMatchObject({ key: "other/4", sizeBytes: 7 });
      // File systems round times, some to whole seconds.
      expect(Math.abs((other?.storedAt.getTime() ?? 0) - before)).toBeLessThan(60_000);
    });

    it("lists nothing where nothing is", async () => {
      const storage = await makeStorage();
      expect(await keys(storage, "")).toEqual([]);
      expect(await keys(storage, "resumes/ab/")).toEqual([]);
    });
  });

  describe(`${name}: keys and readiness`, () => {
    it.each([
      "",
      "/a",
      "a/",
      "a//b",
      "../a",
      "a/../b",
      ".",
      "A",
      "a.pdf",
      "a b",
      "a\0",
      "a\\b",
      "é",
      "a".repeat(600),
    ])("refuses the key %j everywhere", async (key) => {
      const storage = await makeStorage();
      await expect(storage.put(key, text("x"))).rejects.toThrow(TypeError);
      await expect(storage.put(key, [Buffer.from("x")])).rejects.toThrow(TypeError);
      await expect(storage.get(key)).rejects.toThrow(TypeError);
      await expect(storage.delete(key)).rejects.toThrow(TypeError);
    });

    it.each(["../", "/", "a/../", "A", "a//"])("refuses the prefix %j", async (prefix) => {
      const storage = await makeStorage();
      await expect(keys(storage, prefix)).rejects.toThrow(TypeError);
    });

    it("is ready, and the check leaves nothing behind", async () => {
      const storage = await makeStorage();
      await storage.check();
      await storage.check();
      expect(await keys(storage, "")).toEqual([]);
    });
  });
}

function text(content: string): Readable {
  return Readable.from([Buffer.from(content)]);
}

async function read(storage: ObjectStore, key: string): Promise<Buffer> {
  return buffer(await storage.get(key));
}

/** Everything a storage lists below a prefix, for tests. */
export async function listAll(storage: ObjectStore, prefix: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const object of storage.list(prefix)) objects.push(object);
  return objects;
}

async function keys(storage: ObjectStore, prefix: string): Promise<string[]> {
  return (await listAll(storage, prefix)).map((object) => object.key).sort();
}

async function expectNothing(storage: ObjectStore, key: string): Promise<void> {
  await expect(storage.get(key)).rejects.toThrow(ObjectNotFoundError);
  expect(await keys(storage, "")).toEqual([]);
}

function largeBytes(): Buffer {
  const bytes = Buffer.alloc(5 * 1024 * 1024);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
  return bytes;
}
