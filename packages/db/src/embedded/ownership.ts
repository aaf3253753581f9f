import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { isDatabaseUnavailable } from "../connection-errors";
import type { Log } from "../log";

/** Another process already runs its server on the same data. */
export class DataInUseError extends Error {
  override name = "DataInUseError";
  constructor(dataDirectory: string) {
    super(`Another Intake is using ${dataDirectory}. Stop it first, or set DATA_DIR to another folder.`);
  }
}

/** Any number will do, as long as it is ours alone. */
const ownerLock = 7_204_621_350_002n;
/** How long a server that just started may go without an owner: its starter is about to take the lock. */
const youthMs = 3_000;

export interface Ownership {
  /** Call before the server is stopped, so that the loss of the connection is no news. */
  release(): void;
}

/**
 * Takes the lock that says "this process runs the server", for as long as the process lives: PostgreSQL drops it with the
 * connection, so a kill leaves nothing behind. Throws `DataInUseError` when another process has it.
 */
export async function takeOwnership(
  connectionString: string,
  options: { dataDirectory: string; log: Pick<Log, "warn"> },
): Promise<Ownership> {
  const state = { isReleased: false };
  const onLost = async () => {
    // PostgreSQL drops all connections when one of its processes crashes, and goes on: so must the ownership.
    for (let wait = 100; !state.isReleased; wait = Math.min(wait * 2, 5_000)) {
      await delay(wait, undefined, { ref: false });
      if (state.isReleased || (await holdLock(connectionString, onLost).catch(() => false))) return;
    }
  };
  const onFirstLost = async () => {
    if (state.isReleased) return;
    options.log.warn({}, "connection that owns the embedded database lost");
    await onLost();
  };
  if (!(await holdLock(connectionString, onFirstLost))) throw new DataInUseError(options.dataDirectory);
  return {
    release: () => {
      state.isReleased = true;
    },
  };
}

async function holdLock(connectionString: string, onLost: () => Promise<void>): Promise<boolean> {
  const client = new pg.Client({ connectionString, application_name: "intake-owner", keepAlive: true });
  // Without a listener a lost connection would end the process; "end" follows and is what counts.
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
    ownerLock,
  ]);
  if (!rows[0]?.taken) {
    await client.end();
    return false;
  }
  client.on("end", () => void onLost());
  return true;
}

/**
 * Whether a running server has lost its owner. Waits while it is starting or stopping, and a moment when it is young.
 * `isRunning` tells whether it still runs; a server that ends meanwhile counts as an orphan.
 */
export async function isOrphan(connectionString: string, isRunning: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (isRunning()) {
    const found = await askForOwner(connectionString).catch((error) => {
      if (isDatabaseUnavailable(error) && Date.now() < deadline) return null;
      throw new Error("A database server runs on this data and does not let us in. Stop it first.", {
        cause: error,
      });
    });
    if (found?.isOwned) return false;
    if (found && found.ageMs > youthMs) return true;
    await delay(100);
  }
  return true;
}

async function askForOwner(connectionString: string): Promise<{ isOwned: boolean; ageMs: number }> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ is_owned: boolean; age_ms: number }>(
      `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
           AND classid::bigint = ($1::bigint >> 32) AND objid::bigint = ($1::bigint & 4294967295)) AS is_owned,
         (extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000)::float8 AS age_ms`,
      [ownerLock],
    );
    return { isOwned: rows[0]?.is_owned ?? false, ageMs: rows[0]?.age_ms ?? 0 };
  } finally {
    await client.end();
  }
}
