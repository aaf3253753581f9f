import { createHash, randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { syncFolder } from "@intake/storage/durable-folder";
import type { NamedKey } from "./encryption-settings";

export class DataDirectoryInUseError extends Error {
  constructor(directory: string) {
    super(
      `Intake is running on ${directory} already. Stop it first, or start this one with another PORT and DATA_DIR.`,
    );
    this.name = "DataDirectoryInUseError";
  }
}

/**
 * Makes sure that only one Intake uses a data folder. The lock is a listening local socket, so the system itself drops it when the
 * process ends, however it ends: there is never a stale lock to delete. Throws DataDirectoryInUseError.
 */
export async function lockDataDirectory(directory: string): Promise<{ release(): Promise<void> }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const name = `intake-${createHash("sha256").update(resolve(directory)).digest("hex").slice(0, 24)}`;
  const server = createServer((socket) => socket.destroy()).unref();
  await listen(server, await socketAddress(name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") throw new DataDirectoryInUseError(directory);
    throw error;
  });
  return { release: () => new Promise((done) => server.close(() => done())) };
}

/** Linux has sockets without a file; elsewhere a file in the temporary folder is replaced when nobody listens on it. */
async function socketAddress(name: string): Promise<string> {
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const path = join(tmpdir(), `${name}.sock`);
  if (!(await hasListener(path))) await rm(path, { force: true });
  return path;
}

async function hasListener(path: string): Promise<boolean> {
  const { connect } = await import("node:net");
  return new Promise((done) => {
    const socket = connect(path);
    socket.once("connect", () => done(socket.destroy() !== undefined));
    socket.once("error", () => done(false));
  });
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(address, done);
  });
}

/** The installation's own secret, made once and kept beside its data with mode 0600; production sets AUTH_SECRET instead. */
export async function readOwnSecret(directory: string): Promise<Uint8Array> {
  const path = join(directory, "auth-secret");
  await makeSecret(path);
  return Buffer.from(await readFile(path, "utf8"), "base64");
}

/**
 * The installation's own master key. Made once, in the same way, when `isNeeded`: production sets MASTER_KEYS instead. What was made
 * is read ever after, since files may still be under it; else null.
 */
export async function readOwnMasterKey(
  directory: string,
  { isNeeded }: { isNeeded: boolean },
): Promise<NamedKey | null> {
  const path = join(directory, "master-key");
  if (isNeeded) await makeSecret(path);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const bytes = Buffer.from(text, "base64");
  // A name of its own: another key in its place is missed, not taken for it.
  const name = `own-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}`;
  return { name, bytes };
}

/** The name appears only with the whole secret behind it, on the disk: nothing that was locked with it outlives it. */
async function makeSecret(path: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  try {
    await writeFile(unfinished, randomBytes(32).toString("base64"), { flag: "wx", mode: 0o600, flush: true });
    await link(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}
