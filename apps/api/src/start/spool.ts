import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const staleSeconds = 60 * 60;

/** The folder for uploads under way. What an earlier, killed process left there for over an hour goes. */
export async function prepareSpool(dataDirectory: string): Promise<string> {
  const directory = join(dataDirectory, "spool");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const age = Date.now() - (await stat(path).then((file) => file.mtimeMs, () => Date.now()));
    if (age > staleSeconds * 1000) await rm(path, { force: true });
  }
  return directory;
}
