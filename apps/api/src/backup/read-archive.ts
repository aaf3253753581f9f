import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { ArchiveDamagedError, type Manifest, manifestPath, manifestSchema } from "./manifest";

/** Lays the whole content of an archive into a folder and proves it. Throws `ArchiveDamagedError`; the caller removes the folder. */
export async function readArchive(archive: string, folder: string): Promise<Manifest> {
  const found = new Map<string, string>();
  let manifest: unknown = null;
  const tar = extract();
  const read = pipeline(createReadStream(archive), createGunzip(), tar);
  read.catch(() => undefined);
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      const target = placeIn(folder, name);
      if (type === "directory") await mkdir(target, { recursive: true, mode: 0o700 });
      else if (name === manifestPath) manifest = JSON.parse(await text(entry));
      else found.set(name, await layFile(entry, target));
      entry.resume();
    }
    await read;
  } catch (error) {
    if (isDiskError(error)) throw error;
    throw new ArchiveDamagedError("it cannot be read to its end", { cause: error });
  }
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) throw new ArchiveDamagedError("it does not end with the list of what is in it");
  for (const [path, hash] of Object.entries(parsed.data.files))
    if (found.get(path) !== hash) throw new ArchiveDamagedError(`${path} is not as it was`);
  return parsed.data;
}

/** Its hash. */
async function layFile(content: AsyncIterable<unknown>, target: string): Promise<string> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(piece, _, next) {
      hash.update(piece);
      next(null, piece);
    },
  });
  await pipeline(content, hashing, createWriteStream(target, { mode: 0o600, flush: true }));
  return hash.digest("hex");
}

/** Whatever an archive calls its parts, they stay inside. */
function placeIn(folder: string, name: string): string {
  const path = normalize(name);
  if (path.startsWith("/") || path.split(/[\\/]/).includes("..")) throw new Error(`${name} leads outside`);
  return join(folder, path);
}

/** The disk's own trouble says nothing about the archive. */
function isDiskError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ENOSPC", "EACCES", "EROFS", "EIO", "ENOENT", "EDQUOT"].includes(String(error.code))
  );
}
