import { type Database, Prisma } from "@intake/db/database";
import type { Log } from "../ports/log";
import { queryRows } from "../sql";

/** Activity is written down this often, in seconds: no request waits for it, no row is written more than once a minute (security rule 15). */
const writeSeconds = 60;

/** The latest activity that this process knows of and has not written down yet, by id. */
export interface Ledger {
  note(id: string, at: Date): void;
  /** The later of what is noted here and what the row says. */
  latest(id: string, written: Date): Date;
}

/**
 * When sessions and API keys were last used. A check compares the row with the memory of its own process; half an hour later every
 * process has long written its own down, so the idle time is exact on all of them.
 */
export interface ActivityLog {
  sessions: Ledger;
  apiKeys: Ledger;
  /** Writes everything noted in two statements; what fails to be written stays noted. */
  write(): Promise<void>;
}

export function createActivityLog({ db }: { db: Pick<Database, "pool"> }): ActivityLog {
  const sessions = createLedger();
  const apiKeys = createLedger();
  return {
    sessions: sessions.ledger,
    apiKeys: apiKeys.ledger,
    async write() {
      await sessions.drain((ids, times) => queryRows(db, sessionUpdate(ids, times)));
      await apiKeys.drain((ids, times) => queryRows(db, apiKeyUpdate(ids, times)));
    },
  };
}

function createLedger() {
  const noted = new Map<string, Date>();
  const ledger: Ledger = {
    note(id, at) {
      if (at > (noted.get(id) ?? 0)) noted.set(id, at);
    },
    latest(id, written) {
      const here = noted.get(id);
      return here && here > written ? here : written;
    },
  };
  async function drain(write: (ids: string[], times: Date[]) => Promise<unknown>): Promise<void> {
    const entries = [...noted];
    if (entries.length === 0) return;
    await write(
      entries.map(([id]) => id),
      entries.map(([, at]) => at),
    );
    // Forgotten only now: a check while the statement is under way still has to know.
    for (const [id, at] of entries) if (noted.get(id) === at) noted.delete(id);
  }
  return { ledger, drain };
}

// Rows are locked in the order of their ids, so that two processes writing at once cannot block each other.
function sessionUpdate(ids: string[], times: Date[]): Prisma.Sql {
  return Prisma.sql`WITH stale AS (
      SELECT s.id, n.at FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) n(id, at) JOIN sessions s ON s.id = n.id
      WHERE s.last_active_at < n.at ORDER BY s.id FOR UPDATE OF s)
    UPDATE sessions SET last_active_at = greatest(last_active_at, stale.at) FROM stale WHERE sessions.id = stale.id`;
}

function apiKeyUpdate(ids: string[], times: Date[]): Prisma.Sql {
  return Prisma.sql`WITH stale AS (
      SELECT k.id, n.at FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) n(id, at) JOIN api_keys k ON k.id = n.id
      WHERE k.last_used_at IS NULL OR k.last_used_at < n.at ORDER BY k.id FOR UPDATE OF k)
    UPDATE api_keys SET last_used_at = greatest(last_used_at, stale.at) FROM stale WHERE api_keys.id = stale.id`;
}

/** Writes once a minute until stopped; `stop` writes what is left. */
export function keepWriting(activity: ActivityLog, log: Log): { stop(): Promise<void> } {
  const write = () =>
    activity.write().catch((error: unknown) => log.warn({ error }, "activity could not be written down"));
  const timer = setInterval(write, writeSeconds * 1000).unref();
  return {
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}
