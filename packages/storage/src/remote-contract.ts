/** What every driver of a remote service holds besides the contract, when the service or the line to it fails. */
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { ObjectNotFoundError, StorageUnavailableError } from "@intake/core/ports/storage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore } from "./object-store";
import { listAll } from "./storage-contract";
import { startFaultProxy } from "./testing/fault-proxy";
import { findFreePort } from "./testing/free-port";
import { startLyingProxy } from "./testing/lying-proxy";

/** How a test wants to reach the service: every storage of one `place` sees the same objects. */
export interface RemoteAccess {
  place: string;
  port: number;
  credentials: "right" | "wrong";
  isPlaceMissing?: boolean;
  timeoutSeconds: number;
}

export interface RemoteService {
  port(): number;
  /** Makes an empty place and gives its name. */
  makePlace(): Promise<string>;
  open(access: RemoteAccess): ObjectStore;
}

const megabyte = 1024 * 1024;
const someBytes = () => Buffer.alloc(4 * megabyte, "resume ");
/** Answers are given up after this long; the tests wait for it, so it is short. */
const timeoutSeconds = 1;

/** Registers the tests of faults between us and a real service. */
export function describeRemoteFaults(name: string, service: RemoteService): void {
  let place: string;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let direct: ObjectStore;
  let proxied: ObjectStore;
  const open = (change: Partial<RemoteAccess> = {}) =>
    service.open({ place, port: service.port(), credentials: "right", timeoutSeconds, ...change });

  beforeEach(async () => {
    place = await service.makePlace();
    proxy = await startFaultProxy(service.port());
    direct = open({ timeoutSeconds: 20 });
    proxied = open({ port: proxy.port });
  });
  afterEach(() => proxy.stop());

  async function expectAway(storage: ObjectStore): Promise<void> {
    const body = () => Readable.from([Buffer.from("x")]);
    await expect(storage.put("a/b", body())).rejects.toThrow(StorageUnavailableError);
    await expect(storage.put("a/b", [Buffer.from("x")])).rejects.toThrow(StorageUnavailableError);
    await expect(storage.get("a/b")).rejects.toThrow(StorageUnavailableError);
    await expect(storage.delete("a/b")).rejects.toThrow(StorageUnavailableError);
    await expect(listAll(storage, "a/")).rejects.toThrow(StorageUnavailableError);
    await expect(storage.check()).rejects.toThrow(StorageUnavailableError);
  }

  describe(`${name}: a service that is away`, () => {
    it("says so when the credentials are wrong, without repeating them", async () => {
      const storage = open({ credentials: "wrong" });
      await expectAway(storage);
      const { cause } = await storage.check().then(
        () => new Error("It opened"),
        (error: Error) => error,
      );
      expect(cause).toMatchObject({ message: expect.stringMatching(/^The file storage said: [\w ]+$/) });
      expect(Object.keys(Object(cause))).toEqual([]);
    });

    it("says so when the bucket or container is missing, and never that the object is", async () => {
      await expectAway(open({ isPlaceMissing: true }));
    });

    it("says so when nothing listens", async () => {
      await expectAway(open({ port: await findFreePort() }));
    });

    it("gives up on a service that accepts and never answers, and works again when it does", async () => {
      proxy.setLine({ direction: "up", afterBytes: 0, fault: "silence" });
      await expectAway(proxied);
      proxy.setLine("open");
      await proxied.check();
      await proxied.put("a/b", Readable.from([Buffer.from("x")]));
      expect(await listAll(direct, "")).toMatchObject([{ key: "a/b", sizeBytes: 1 }]);
    }, 60_000);
  });

  it(`${name}: connections that were forgotten on their way cost some seconds, and nothing else`, async () => {
    const storage = open({ port: proxy.port, timeoutSeconds: 20 });
    await storage.put("a/b", [Buffer.from("x")]);
    proxy.forget();
    await storage.put("a/c", [Buffer.from("y")]);
    proxy.forget();
    expect(await text(await storage.get("a/c"))).toBe("y");
  }, 60_000);

  describe(`${name}: an upload`, () => {
    it.each(["cut", "silence", "flip"] as const)(
      "with a %s half-way stores nothing and says so",
      async (fault) => {
        proxy.setLine({ direction: "up", afterBytes: megabyte, fault });
        await expect(proxied.put("a/b", Readable.from([someBytes()]))).rejects.toThrow(
          StorageUnavailableError,
        );
        expect(await listAll(direct, "")).toEqual([]);
        await expect(direct.get("a/b")).rejects.toThrow(ObjectNotFoundError);
      },
    );

    it.each([
      ["has another length", "first, longer"],
      ["has the same length and other bytes", "FIRST."],
    ])("is not believed when what lies there %s", async (_case, earlier) => {
      await direct.put("a/b", Readable.from([Buffer.from(earlier)]));
      const liar = await startLyingProxy(service.port(), { dropsUploads: true });
      try {
        const put = open({ port: liar.port }).put("a/b", Readable.from([Buffer.from("second")]));
        await expect(put).rejects.toMatchObject({
          cause: { message: "The stored object is not what was sent" },
        });
      } finally {
        await liar.stop();
      }
    });
  });

  describe(`${name}: a download`, () => {
    beforeEach(() => direct.put("a/b", Readable.from([someBytes()])));

    it.each(["cut", "silence"] as const)("with a %s half-way fails and never ends short", async (fault) => {
      proxy.setLine({ direction: "down", afterBytes: megabyte, fault });
      const read = proxied.get("a/b").then(buffer);
      await expect(read).rejects.toThrow(StorageUnavailableError);
    });

    it("that nobody reads gives its connection back", async () => {
      for (let count = 0; count < 120; count++) (await direct.get("a/b")).destroy();
      expect((await buffer(await direct.get("a/b"))).equals(someBytes())).toBe(true);
    });

    it("may take longer than the wait for an answer", async () => {
      const body = await proxied.get("a/b");
      await new Promise((resolve) => setTimeout(resolve, timeoutSeconds * 1500));
      expect((await buffer(body)).equals(someBytes())).toBe(true);
    });
  });
}
