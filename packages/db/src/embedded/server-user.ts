import { lstat, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The account that owns the cluster and runs the server. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** Accounts to run the server as when we are root, which PostgreSQL refuses to run as. Nothing is created on the machine. */
const accountsForRoot = ["postgres", "nobody"];

/**
 * Who has to run the server: the owner of an existing cluster, else ourselves, else (as root) an unprivileged account of the
 * machine. Undefined where the platform has no such numbers.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser | undefined> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) return undefined;
  const owner = await stat(cluster).catch(() => null);
  if (uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new Error(
        `The database in ${cluster} belongs to another user of this machine. Start as that user, or as root.`,
      );
    }
    return { uid, gid };
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return await findAccount(accountsForRoot);
}

async function findAccount(names: string[]): Promise<ServerUser> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const wanted of names) {
    const [, , uid, gid] = lines.find(([name]) => name === wanted) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    `PostgreSQL cannot run as root, and this machine has no account ${names.join(" or ")}. Start as an ordinary user.`,
  );
}

/** What a mode bit set allows this user: 4 read, 2 write, 1 enter or execute. */
async function mayUse(path: string, user: ServerUser, wanted: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** Whether the user can open this path by its name: the folders above it let him pass and it is readable. */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  const isFolder = (await lstat(path)).isDirectory();
  if (!(await mayUse(path, user, isFolder ? 5 : 4))) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await mayUse(folder, user, 1))) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The path under which the server user finds a folder that is his own but may lie below one he cannot enter. */
export async function folderAsSeenBy(folder: string, user: ServerUser | undefined): Promise<string> {
  if (!user || process.platform !== "linux" || (await canReach(folder, user))) return folder;
  // The server starts in the folder, and this name needs no permission on what lies above (a root's home is closed to others).
  return "/proc/self/cwd";
}
