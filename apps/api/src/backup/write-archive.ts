import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { syncFolder } from "@intake/storage/durable-folder";
import { type Pack, pack } from "tar-stream";
import { type Manifest, manifestPath } from "./manifest";

export interface ArchiveWriter {
  addFolder(path: string): void;
  /** False when there is no such file any more. */
  addFile(path: string, file: string): Promise<boolean>;
  addContent(path: string, content: string): Promise<void>;
}

/** Writes a `.tar.gz` that only its owner can read; it appears under its name when it is whole and on the disk. */
export async function writeArchive(
  target: string,
  fill: (writer: ArchiveWriter) => Promise<Omit<Manifest, "files" | "format">>,
): Promise<void> {
  const unfinished = `${target}.unfinished`;
  const tar = pack();
  const written = pipeline(
    tar,
    createGzip({ level: 1 }),
    createWriteStream(unfinished, { mode: 0o600, flush: true }),
  );
  // Its failure comes out below; unheard meanwhile, it would end the process.
  written.catch((error) => tar.destroy(error));
  try {
    const files: Record<string, string> = {};
    const manifest = await fill({
      addFolder: (path) => void tar.entry({ name: path, type: "directory" }),
      async addFile(path, file) {
        const hash = await addFile(tar, path, file);
        if (hash !== null) files[path] = hash;
        return hash !== null;
      },
      async addContent(path, content) {
        files[path] = createHash("sha256").update(content).digest("hex");
        await addEntry(tar, path, Buffer.from(content));
      },
    });
    await addEntry(tar, manifestPath, Buffer.from(JSON.stringify({ format: 1, ...manifest, files })));
    tar.finalize();
    await written;
    await rename(unfinished, target);
    await syncFolder(dirname(target));
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function addEntry(tar: Pack, name: string, content: Buffer): Promise<void> {
  await new Promise<void>((done, fail) => {
    tar.entry({ name, mode: 0o600 }, content, (error) => (error ? fail(error) : done()));
  });
}

/** Its hash, or null when it is gone. Of a file that grows or shrinks meanwhile it takes the length it had. */
async function addFile(tar: Pack, name: string, path: string): Promise<string | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const hash = createHash("sha256");
    const exactly = async function* () {
      let left = size;
      const source = size > 0 ? file.createReadStream({ end: size - 1, autoClose: false }) : [];
      for await (const piece of source as AsyncIterable<Buffer>) {
        left -= piece.length;
        hash.update(piece);
        yield piece;
      }
      const rest = Buffer.alloc(left);
      hash.update(rest);
      if (left > 0) yield rest;
    };
    await new Promise<void>((done, fail) => {
      const entry = tar.entry({ name, size, mode: 0o600 }, (error) => (error ? fail(error) : done()));
      pipeline(Readable.from(exactly(), { objectMode: false }), entry).catch(fail);
    });
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
