import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spooling } from "./outgoing-file";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "intake-outgoing-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test("the whole stream lies in a file of the owner's while it is sent, and is gone afterwards", async () => {
  const sent = await spooling(Readable.from([Buffer.from("wh"), Buffer.from("ole")]), async (path) => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    return readFile(path, "utf8");
  });
  expect(sent).toBe("whole");
  expect(await readdir(folder)).toEqual([]);
});

test("a failed sending leaves nothing", async () => {
  const failing = spooling(Readable.from([Buffer.from("x")]), async () => {
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  expect(await readdir(folder)).toEqual([]);
});

test("a source that fails is sent nowhere, keeps its own error and leaves nothing", async () => {
  const send = vi.fn();
  const body = new PassThrough();
  const failing = expect(spooling(body, send)).rejects.toThrow("read ECONNRESET");
  // As a socket that is cut says it.
  body.destroy(Object.assign(new Error("read ECONNRESET"), { syscall: "read", code: "ECONNRESET" }));
  await failing;
  expect(send).not.toHaveBeenCalled();
  expect(await readdir(folder)).toEqual([]);
});

test("no room for the file is the storage's trouble, and no sender waits", async () => {
  vi.stubEnv("TMPDIR", join(folder, "missing"));
  const body = new PassThrough();
  await expect(spooling(body, async () => undefined)).rejects.toThrow(StorageUnavailableError);
  expect(body.destroyed).toBe(true);
});
