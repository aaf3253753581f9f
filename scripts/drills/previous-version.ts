import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(import.meta.dirname, "../..");
const migrations = "prisma/migrations";
const run = promisify(execFile);

/** Of several changes at once only the last may be whole. */
const mostCommits = 6;

/**
 * Builds the version before the newest migration from the history, in a folder of its own, as anybody would from a clone: the newest commit
 * without it that can be built. Throws a sentence when there is none or the history does not reach back so far.
 */
export async function buildPreviousVersion(
  directory: string,
  { from, say }: { from: string | undefined; say(line: string): void },
): Promise<{ name: string; entry: string }> {
  const newest = from ?? (await findCommit());
  for (let back = 0; back < mostCommits; back += 1) {
    const commit = `${newest}~${back}`;
    const name = (await git("log", "-1", "--format=%h %s", commit)).trim();
    const isBuilt = await build(directory, commit);
    if (isBuilt) return { name, entry: join(directory, "apps/api/dist/main.js") };
    say(`${name}: cannot be built by itself, the one before it is tried.`);
  }
  throw new Error(
    `None of ${mostCommits} commits from ${newest} back can be built: name one with --from=COMMIT.`,
  );
}

/** What has been installed for a neighbour is used again. */
async function build(directory: string, commit: string): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  await run("sh", [
    "-c",
    'cd "$2" && rm -rf apps packages prisma scripts && git -C "$0" archive "$1" | tar -x',
    ...[repository, commit, directory],
  ]);
  const env = { ...process.env, NODE_ENV: "production" };
  return run("npm", ["run", "build"], { cwd: directory, env, maxBuffer: 64 * 1024 ** 2 }).then(
    () => true,
    () => false,
  );
}

/** The newest commit without the newest migration. */
async function findCommit(): Promise<string> {
  const entries = await readdir(join(repository, migrations), { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const newest = `${migrations}/${names.at(-1)}`;
  const added = (await git("log", "-1", "--diff-filter=A", "--format=%H", "--", newest)).trim();
  return (await git("rev-parse", "--verify", added === "" ? "HEAD" : `${added}^`)).trim();
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
