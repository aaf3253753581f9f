import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(import.meta.dirname, "../..");
const migrations = "prisma/migrations";
const run = promisify(execFile);

/**
 * Builds the version before the newest migration from the history, in a folder of its own, as anybody would from a clone. Throws a sentence
 * when the history does not reach back so far.
 */
export async function buildPreviousVersion(
  directory: string,
  from: string | undefined,
): Promise<{ name: string; entry: string }> {
  const commit = from ?? (await findCommit());
  const name = (await git("log", "-1", "--format=%h %s", commit)).trim();
  await mkdir(directory);
  await run("sh", ["-c", 'git -C "$0" archive "$1" | tar -x -C "$2"', repository, commit, directory]);
  const env = { ...process.env, NODE_ENV: "production" };
  await run("npm", ["run", "build"], { cwd: directory, env, maxBuffer: 64 * 1024 ** 2 });
  return { name, entry: join(directory, "apps/api/dist/main.js") };
}

/** The newest commit without the newest migration. */
async function findCommit(): Promise<string> {
  const entries = await readdir(join(repository, migrations), { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const newest = `${migrations}/${names.at(-1)}`;
  const added = (await git("log", "-1", "--diff-filter=A", "--format=%H", "--", newest)).trim();
  const commit = added === "" ? "HEAD" : `${added}^`;
  return (await git("rev-parse", "--verify", commit)).trim();
}

async function git(...args: string[]): Promise<string> {
  try {
    return (await run("git", ["-C", repository, ...args])).stdout;
  } catch (error) {
    throw new Error(
      "This drill builds the version before the newest migration: it needs a clone with its history (git fetch --unshallow).",
      { cause: error },
    );
  }
}
