import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

const foldersInTheMaking = new Map<string, Promise<void>>();

/** Makes a folder durably; who needs it at the same moment waits for the same work instead of finding it half done. */
export async function makeFolder(folder: string): Promise<void> {
  const making = foldersInTheMaking.get(folder) ?? makeSyncedFolder(folder);
  foldersInTheMaking.set(folder, making);
  try {
    await making;
  } finally {
    foldersInTheMaking.delete(folder);
  }
}

/** Writes every new name in its parent to the disk. */
async function makeSyncedFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  const stop = dirname(firstMade);
  for (let made = folder; made !== stop; made = dirname(made)) await syncFolder(dirname(made));
}

interface FolderSync {
  running: Promise<void>;
  /** Begins when `running` is done. */
  next: Promise<void> | undefined;
}

const folderSyncs = new Map<string, FolderSync>();

/** Writes a folder's names to the disk. Whoever asks while one sync runs shares the next, which begins after all their changes. */
export function syncFolder(folder: string): Promise<void> {
  const syncs = folderSyncs.get(folder);
  if (!syncs) return startFolderSync(folder);
  syncs.next ??= syncs.running.then(
    () => startFolderSync(folder),
    () => startFolderSync(folder),
  );
  return syncs.next;
}

function startFolderSync(folder: string): Promise<void> {
  const running = syncOnce(folder);
  const syncs: FolderSync = { running, next: undefined };
  folderSyncs.set(folder, syncs);
  const forget = () => {
    if (folderSyncs.get(folder) === syncs && !syncs.next) folderSyncs.delete(folder);
  };
  running.then(forget, forget);
  return running;
}

async function syncOnce(folder: string): Promise<void> {
  // Somebody may have found it before its own name was on the disk.
  await foldersInTheMaking.get(folder);
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
