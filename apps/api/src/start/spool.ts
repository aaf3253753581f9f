import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const staleSeconds = 60 * 60;

/**
 * The folder for uploads under way. What an earlier, killed process left there goes: at once when nobody else can be using the folder,
 * else when it is over an hour old.
 */
export async function prepareSpool(dataDirectory: string, { isOurs }: { isOurs: boolean }): Promise<string> {
  const directory = join(dataDirectory, "spool");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const age =
      Date.now() -
      (await stat(path).then(
        (file) => file.mtimeMs,
        () => Date.now(),
      ));
    if (isOurs || age > staleSeconds * 1000) await rm(path, { force: true });
  }
  return directory;
}
