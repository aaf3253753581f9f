import { spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { folderAsSeenBy, type ServerUser } from "./server-user";

export interface InitialiseOptions {
  /** Holds the cluster and what belongs to it. */
  dataDirectory: string;
  cluster: string;
  user: ServerUser | undefined;
  binaries: Binaries;
  password: string;
  /** False only for data that are thrown away: they need not be on the disk before the server starts. */
  isDurable: boolean;
}

export const superuser = "intake";

/** The environment of the server's programs: none of ours, it may hold secrets. */
export const serverEnvironment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_MESSAGES: "C", TZ: "UTC" };

const stagingPrefix = "initialising-";

/**
 * Makes an empty database cluster: UTF-8, code-point order by default (columns name their own collation), password sign-in only.
 * It appears in one step, so a start that is killed half-way leaves nothing that the next would take for a cluster.
 */
export async function initialiseCluster(options: InitialiseOptions): Promise<void> {
  const { dataDirectory, cluster, user, binaries } = options;
  await removeLeftovers(dataDirectory);
  const staging = await mkdtemp(join(dataDirectory, stagingPrefix));
  const fresh = join(staging, "cluster");
  const passwordFile = join(staging, "password");
  try {
    await mkdir(fresh, { mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    for (const path of [staging, fresh, passwordFile]) if (user) await chown(path, user.uid, user.gid);
    await runInitdb(binaries.initdb, fresh, options);
    await rename(fresh, cluster);
  } catch (error) {
    // Two first starts at once: the other one's cluster is as good, and has the same password.
    if (!(await stat(join(cluster, "PG_VERSION")).catch(() => null))) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Folders of initialisations that were killed. One hour, since one may be under way in another start. */
async function removeLeftovers(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    if (!name.startsWith(stagingPrefix)) continue;
    const path = join(dataDirectory, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

async function runInitdb(
  initdb: string,
  folder: string,
  { user, isDurable }: Pick<InitialiseOptions, "user" | "isDurable">,
): Promise<void> {
  const seenAs = await folderAsSeenBy(folder, user);
  const characters = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  const args = [
    `--pgdata=${seenAs}`,
    `--username=${superuser}`,
    // Relative: the server user may not be able to enter the folders above.
    "--pwfile=../password",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-locale",
    `--lc-ctype=${characters}`,
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(isDurable ? [] : ["--no-sync"]),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, args, {
      cwd: folder,
      env: serverEnvironment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...user,
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-4_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The database could not be prepared in ${folder}:\n${output.trim()}`));
    });
  });
}
