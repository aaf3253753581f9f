import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { promisify } from "node:util";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import { afterAll, describe, expect, it } from "vitest";
import { createDiskStorage } from "./disk-storage";
import { describeStorageContract, listAll } from "./storage-contract";

const run = promisify(execFile);
const folders: string[] = [];

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "intake storage "));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

describeStorageContract("disk", async () =>
  createDiskStorage({ directory: join(await makeFolder(), "not/yet/made") }),
);

const filesBelow = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};
const content = () => Readable.from([Buffer.from("x")]);

describe("disk storage on a real file system", () => {
  it("shows no file under the key before the stream has ended", async () => {
    const directory = await makeFolder();
    const storage = createDiskStorage({ directory });
    const body = new PassThrough();
    const put = storage.put("a/key", body);
    body.write(Buffer.alloc(100_000));
    await expect
      .poll(async () => await filesBelow(directory))
      .toEqual([expect.stringMatching(/^\..*\.part$/)]);
    expect(await listAll(storage, "")).toEqual([]);
    body.end();
    await put;
    expect(await filesBelow(directory)).toEqual(["key"]);
  });

  it("leaves no file of any name when the stream is destroyed", async () => {
    const directory = await makeFolder();
    const body = new PassThrough();
    const rejected = expect(createDiskStorage({ directory }).put("a/key", body)).rejects.toThrow();
    body.write(Buffer.alloc(100_000), () => body.destroy());
    await rejected;
    expect(await filesBelow(directory)).toEqual([]);
  });

  it("leaves no probe after a check", async () => {
    const directory = await makeFolder();
    await createDiskStorage({ directory }).check();
    expect(await filesBelow(directory)).toEqual([]);
  });

  it("keeps files to the owner", async () => {
    const directory = join(await makeFolder(), "new");
    await createDiskStorage({ directory }).put("a/key", content());
    expect((await stat(join(directory, "a/key"))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it("clears away what a killed upload left, once it is a day old", async () => {
    const directory = await makeFolder();
    const storage = createDiskStorage({ directory });
    await storage.put("a/key", content());
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    await writeFile(join(directory, "a/.old.part"), "half");
    await utimes(join(directory, "a/.old.part"), twoDaysAgo, twoDaysAgo);
    await writeFile(join(directory, "a/.new.part"), "half");
    expect(await listAll(storage, "")).toMatchObject([{ key: "a/key" }]);
    expect((await filesBelow(directory)).sort()).toEqual([".new.part", "key"]);
  });

  it("ends the source when it cannot store it, so that no sender waits", async () => {
    const directory = join(await makeFolder(), "file");
    await writeFile(directory, "");
    const body = new PassThrough();
    await expect(createDiskStorage({ directory }).put("a", body)).rejects.toThrow(StorageUnavailableError);
    expect(body.destroyed).toBe(true);
  });
});

describe("disk storage that is away", () => {
  it("says so when its folder is a file", async () => {
    const directory = join(await makeFolder(), "file");
    await writeFile(directory, "");
    const storage = createDiskStorage({ directory });
    await expect(storage.put("a/b", content())).rejects.toThrow(StorageUnavailableError);
    await expect(storage.get("a/b")).rejects.toThrow(StorageUnavailableError);
    await expect(storage.delete("a/b")).rejects.toThrow(StorageUnavailableError);
    await expect(listAll(storage, "")).rejects.toThrow(StorageUnavailableError);
    await expect(storage.check()).rejects.toThrow(StorageUnavailableError);
  });

  it("says so when the disk is full half-way, and gives the space back", async () => {
    const directory = await makeFolder();
    const driver = new URL("disk-storage.ts", import.meta.url).href;
    // A limit on file sizes (4,096 blocks of 512 or 1,024 bytes) fails a write as a full disk does.
    const script = `
      import { Readable } from "node:stream";
      import { createDiskStorage } from "${driver}";
      const body = Readable.from(Array.from({ length: 80 }, () => Buffer.alloc(65536)));
      await createDiskStorage({ directory: process.argv[1] }).put("a/key", body).catch((error) => console.log(error.name, error.cause?.code));
    `;
    const command = 'ulimit -f 4096 && exec "$0" --import tsx --input-type=module --eval "$1" "$2"';
    const { stdout } = await run("sh", ["-c", command, process.execPath, script, directory]);
    expect(stdout.trim()).toBe("StorageUnavailableError EFBIG");
    expect(await filesBelow(directory)).toEqual([]);
  }, 30_000);

  it("says so when the file system is full, and takes files again when there is room", async (test) => {
    const directory = await makeFolder();
    const mount = run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory]);
    if (
      await mount.then(
        () => false,
        () => true,
      )
    )
      return test.skip("no right to mount a file system");
    try {
      const storage = createDiskStorage({ directory });
      const large = Readable.from([Buffer.alloc(2 * 1024 * 1024)]);
      await expect(storage.put("a/large", large)).rejects.toMatchObject({ cause: { code: "ENOSPC" } });
      await storage.put("a/small", content());
      expect(await filesBelow(directory)).toEqual(["small"]);
    } finally {
      await run("umount", [directory]);
    }
  });

  it("says so when its folder may not be written", async () => {
    // Root may write anywhere, except where the kernel itself refuses.
    const isRoot = process.getuid?.() === 0;
    const directory = isRoot ? "/sys/intake" : join(await makeFolder(), "read-only");
    if (!isRoot) {
      await mkdir(directory);
      await chmod(directory, 0o500);
    }
    const storage = createDiskStorage({ directory });
    await expect(storage.put("a/b", content())).rejects.toThrow(StorageUnavailableError);
    await expect(storage.check()).rejects.toThrow(StorageUnavailableError);
  });
});
