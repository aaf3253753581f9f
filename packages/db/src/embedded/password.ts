import { randomBytes } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";

/** Reads the database password, or makes one: 192 random bits, readable by its owner alone (mode 0600). */
export async function readOrCreatePassword(file: string): Promise<string> {
  const existing = await readPassword(file);
  if (existing) return existing;
  const staging = `${file}.${randomBytes(8).toString("hex")}.new`;
  const handle = await open(staging, "w", 0o600);
  try {
    await handle.writeFile(`${randomBytes(24).toString("base64url")}\n`);
    await handle.sync();
    // A link, unlike a rename, never replaces the password of another first start at the same moment.
    await link(staging, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await handle.close();
    await rm(staging, { force: true });
  }
  const created = await readPassword(file);
  if (!created) throw new Error(`The database password could not be stored in ${file}`);
  return created;
}

async function readPassword(file: string): Promise<string | null> {
  const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return content.trim() || null;
}
