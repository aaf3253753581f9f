import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { canReach, chooseServerUser, folderAsSeenBy, type ServerUser } from "./server-user";

const stranger = { uid: 4_000_001, gid: 4_000_001 };
let home: string;
let inner: string;
let owner: ServerUser;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "intake-home-"));
  inner = join(home, "project");
  await mkdir(inner, { mode: 0o755 });
  const { uid, gid } = await stat(home);
  owner = { uid, gid };
});
afterEach(() => rm(home, { recursive: true }));

it("knows a folder that others cannot get to, although it is itself open", async () => {
  await chmod(home, 0o700);
  expect(await canReach(inner, stranger)).toBe(false);
  expect(await canReach(inner, owner)).toBe(true);
  await chmod(home, 0o711);
  expect(await canReach(inner, stranger)).toBe(true);
});

it("looks at the group's rights for members, and at the file itself", async () => {
  const file = join(inner, "file");
  await writeFile(file, "x", { mode: 0o640 });
  await chmod(home, 0o755);
  expect(await canReach(file, stranger)).toBe(false);
  expect(await canReach(file, { uid: stranger.uid, gid: owner.gid })).toBe(true);
});

it("names a folder out of reach by the working folder", async () => {
  await chmod(home, 0o700);
  expect(await folderAsSeenBy(inner, stranger)).toBe(process.platform === "linux" ? "/proc/self/cwd" : inner);
  expect(await folderAsSeenBy(inner, owner)).toBe(inner);
  expect(await folderAsSeenBy(inner, undefined)).toBe(inner);
});

it("never chooses root", async () => {
  const chosen = await chooseServerUser(inner);
  expect(chosen?.uid).not.toBe(0);
  if (process.getuid?.() !== 0) expect(chosen?.uid).toBe(process.getuid?.());
});
