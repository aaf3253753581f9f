import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { mostHeldBytes } from "@intake/core/ports/local-file";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receiveFile } from "./receive-file";

const maxBytes = 1024 * 1024;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "intake-receive-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const receive = (body: Readable) =>
  receiveFile(body, "cv.pdf", { directory, resumeLimits: { maxBytes, formats: ["PDF"] } });

/** In pieces that never end where the buffer does. */
function arriving(bytes: Buffer): Readable {
  const size = 60_001;
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  );
}

test.each([0, 1, 200_000, mostHeldBytes])("a file of %i bytes is held in memory", async (size) => {
  const bytes = randomBytes(size);
  const file = await receive(arriving(bytes));
  expect(file).toMatchObject({ fileName: "cv.pdf", sizeBytes: size, isTooLarge: false });
  expect(file.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect("bytes" in file && file.bytes.equals(bytes)).toBe(true);
  expect(await readdir(directory)).toEqual([]);
  await file.discard();
});

test.each([mostHeldBytes + 1, 3 * mostHeldBytes, maxBytes, maxBytes + 1])(
  "a file of %i bytes lies in a spool file until it is discarded",
  async (size) => {
    const bytes = randomBytes(size);
    const file = await receive(arriving(bytes));
    expect(file).toMatchObject({ sizeBytes: size, isTooLarge: size > maxBytes });
    expect(file.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect("path" in file && (await readFile(file.path)).equals(bytes)).toBe(true);
    await file.discard();
    expect(await readdir(directory)).toEqual([]);
  },
);

test("files that arrive at once do not mix, and memory that was discarded serves the next", async () => {
  for (let round = 0; round < 3; round++) {
    const all = Array.from({ length: 20 }, () => randomBytes(100_000));
    const files = await Promise.all(all.map((bytes) => receive(arriving(bytes))));
    files.forEach((file, index) => {
      expect("bytes" in file && file.bytes.equals(all[index] ?? Buffer.alloc(0))).toBe(true);
    });
    await Promise.all(files.map((file) => file.discard()));
  }
});

test.each([10, 2 * mostHeldBytes])("a file that is cut off after %i bytes leaves nothing", async (size) => {
  const body = new PassThrough({ highWaterMark: maxBytes });
  const received = expect(receive(body)).rejects.toThrow("cut off");
  body.write(randomBytes(size), () => body.destroy(new Error("cut off")));
  await received;
  expect(await readdir(directory)).toEqual([]);
});
