import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  DataDirectoryInUseError,
  lockDataDirectory,
  readOwnMasterKey,
  readOwnSecret,
} from "./data-directory";
import { prepareSpool } from "./spool";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "intake data "));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test("a folder is locked by one, under whatever name, until it lets go", async () => {
  const lock = await lockDataDirectory(join(directory, "data"));
  await expect(lockDataDirectory(join(directory, "other/../data"))).rejects.toThrow(DataDirectoryInUseError);
  const other = await lockDataDirectory(join(directory, "other"));
  await lock.release();
  const again = await lockDataDirectory(join(directory, "data"));
  await Promise.all([other.release(), again.release()]);
  expect((await stat(join(directory, "data"))).mode & 0o777).toBe(0o700);
});

test("the installation's secret is made once, by one of many, and is for its owner only", async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => readOwnSecret(directory)));
  expect(secrets[0]).toHaveLength(32);
  expect(new Set(secrets.map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
  expect((await stat(join(directory, "auth-secret"))).mode & 0o777).toBe(0o600);
});

test("the installation's own master key is made when it is needed, and kept under a name of its own", async () => {
  expect(await readOwnMasterKey(directory, { isNeeded: false })).toBeNull();
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => readOwnMasterKey(directory, { isNeeded: true })),
  );
  const [key] = keys;
  expect(key?.bytes).toHaveLength(32);
  expect(key?.name).toMatch(/^own-[0-9a-f]{8}$/);
  expect(new Set(keys.map((made) => made?.name)).size).toBe(1);
  expect(await readOwnMasterKey(directory, { isNeeded: false })).toEqual(key);
  expect(await readdir(directory)).toEqual(["master-key"]);
  expect((await stat(join(directory, "master-key"))).mode & 0o777).toBe(0o600);
  await rm(join(directory, "master-key"));
  // Another key in its place is missed under its name, not taken for it.
  expect((await readOwnMasterKey(directory, { isNeeded: true }))?.name).not.toBe(key?.name);
});

test("what a killed process left in the spool goes: at once when the folder is ours alone, else after an hour", async () => {
  const spool = await prepareSpool(directory, { isOurs: true });
  const leave = async (name: string, ageSeconds: number) => {
    await writeFile(join(spool, name), "x");
    const at = Date.now() / 1000 - ageSeconds;
    await utimes(join(spool, name), at, at);
  };
  await leave("old", 3_601);
  await leave("young", 3_000);
  await prepareSpool(directory, { isOurs: false });
  expect(await readdir(spool)).toEqual(["young"]);
  await prepareSpool(directory, { isOurs: true });
  expect(await readdir(spool)).toEqual([]);
});
