import type { Database } from "@intake/db/database";

interface SharedRead {
  running: Promise<unknown>;
  /** For callers who came while it ran. */
  waiting: Promise<unknown> | null;
}

const reads = new WeakMap<Database["pool"], Map<string, SharedRead>>();

/**
 * Reads once for all who ask the same at the same time. Who comes while it runs waits for the next run, which all of them share: a read
 * always begins after it was asked for, so that everybody sees what they have just written. The key names the result and its type.
 */
export function shareRead<Result>(
  db: Pick<Database, "pool">,
  key: string,
  read: () => Promise<Result>,
): Promise<Result> {
  let open = reads.get(db.pool);
  if (!open) {
    open = new Map();
    reads.set(db.pool, open);
  }
  const other = open.get(key);
  if (!other) return start(open, key, read);
  other.waiting ??= afterwards(other.running).then(() => start(open, key, read));
  return resultOf(other.waiting);
}

function start<Result>(
  open: Map<string, SharedRead>,
  key: string,
  read: () => Promise<Result>,
): Promise<Result> {
  const running = read();
  open.set(key, { running, waiting: null });
  // Runs before those who wait for it, so that the next run is not taken away.
  void afterwards(running).then(() => open.delete(key));
  return running;
}

function afterwards(running: Promise<unknown>): Promise<unknown> {
  return running.then(
    () => undefined,
    () => undefined,
  );
}

/** All reads of one key have the same result: the key says so. */
function resultOf<Result>(shared: Promise<unknown>): Promise<Result> {
  return shared as Promise<Result>;
}
