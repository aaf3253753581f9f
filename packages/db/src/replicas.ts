import { performance } from "node:perf_hooks";
import pg from "pg";
import { isDatabaseUnavailable } from "./connection-errors";
import { createDatabase, type Database, type DatabaseOptions } from "./database";
import type { Log } from "./log";
import { createReplicaProgress } from "./replica-progress";

/** How a read that a replica could answer went: from it; from the primary for the reader's own sake; because no replica was fit; because one failed. */
export type ReplicaRead = "replica" | "own_changes" | "none_fit" | "failed";

/** Servers that follow the primary and answer lists and reports. */
export interface Replicas {
  isAny: boolean;
  /** One that shows everything up to this byte of the log, or null: then the primary answers. */
  find(upTo: number): Promise<Database | null>;
  /** Whether another server may answer what failed with this on a replica; counts it. */
  isReplicasFault(error: unknown): boolean;
  /** Seconds that each is behind, in the order of the settings. */
  lagSeconds(): number[];
  close(): Promise<void>;
}

/** Where there is only the primary. */
export const noReplicas: Replicas = {
  isAny: false,
  find: async () => null,
  isReplicasFault: () => false,
  lagSeconds: () => [],
  close: async () => undefined,
};

interface ReplicaOptions extends Omit<DatabaseOptions, "connectionString"> {
  connectionStrings: string[];
  primary: Pick<Database, "pool">;
  log: Pick<Log, "warn" | "info">;
  count?: (read: ReplicaRead) => void;
}

/** A replica further behind than this is not read. */
const mostLagSeconds = 10;
/** How often everybody is asked how far they are, in milliseconds. */
const askMilliseconds = 1_000;
/** Who does not say it within so many milliseconds is away. With the pause before it, no reader waits for a silent one longer than 2.5 s. */
const answerMilliseconds = 1_500;

const seconds = () => performance.now() / 1_000;

/** The byte of the log up to which everything is written that is committed now. */
export const writtenUpTo = "(pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8";
const primaryPosition = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 AS position";
const replicaPosition =
  "SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::float8 END AS position";

/** Follows how far the replicas are, once a second and whenever a reader needs to know it better. */
export function openReplicas(options: ReplicaOptions): Replicas {
  const { connectionStrings, primary, log, count, ...usual } = options;
  const replicas = connectionStrings.map((connectionString, index) =>
    openReplica({ ...usual, connectionString, log }, index + 1),
  );
  let turn = 0;
  let asking: Promise<void> | null = null;

  async function askAll(): Promise<void> {
    const known = replicas.map(({ progress }) => progress.position());
    const at = seconds();
    const position = await askPosition(primary.pool, primaryPosition).catch(() => null);
    if (position !== null)
      for (const [index, { progress }] of replicas.entries())
        progress.primaryWas({ position, at }, known[index] ?? null);
    await Promise.all(replicas.map((replica) => replica.ask()));
  }

  function begin(): void {
    asking ??= askAll().finally(() => {
      asking = null;
    });
  }
  begin();
  const timer = setInterval(begin, askMilliseconds).unref();

  return {
    isAny: true,
    async find(upTo) {
      const now = seconds();
      turn += 1;
      const inTurn = [
        ...replicas.slice(turn % replicas.length),
        ...replicas.slice(0, turn % replicas.length),
      ];
      const fit = inTurn.filter(({ progress }) => progress.isUsable(now, mostLagSeconds));
      const showing = () => fit.find(({ progress }) => progress.shows(upTo));
      let found = showing();
      if (!found && fit.length > 0) {
        // What the reader knows of is younger than what we know of the replicas: mostly they have it by now.
        await Promise.all(fit.map((replica) => replica.ask()));
        found = showing();
      }
      count?.(found ? "replica" : fit.length > 0 ? "own_changes" : "none_fit");
      return found?.db ?? null;
    },
    isReplicasFault(error) {
      if (!isElsewhereAnswerable(error)) return false;
      count?.("failed");
      return true;
    },
    lagSeconds() {
      const now = seconds();
      return replicas.map(({ progress }) => progress.lagSeconds(now));
    },
    async close() {
      clearInterval(timer);
      await asking;
      await Promise.all(replicas.map((replica) => replica.close()));
    },
  };
}

function openReplica(options: DatabaseOptions & Pick<ReplicaOptions, "log">, number: number) {
  const { log, connectionString } = options;
  const db = createDatabase({ ...options, mostWaitMilliseconds: answerMilliseconds });
  const progress = createReplicaProgress(seconds());
  // A connection of its own: a replica that is merely busy with readers is not away.
  const line = new pg.Pool({
    ...{ connectionString, max: 1, application_name: "intake-replica-watch", keepAlive: true },
    ...{ connectionTimeoutMillis: answerMilliseconds, query_timeout: answerMilliseconds },
  });
  line.on("error", () => undefined);
  let isAway = false;
  let asked: Promise<void> | null = null;

  async function askOnce(): Promise<void> {
    const position = await askPosition(line, replicaPosition).catch((error: unknown) => {
      if (!isAway)
        log.warn({ event: "replica_away", replica: number, err: error }, "a replica does not answer");
      return null;
    });
    if (position !== null) progress.reached(position);
    else {
      progress.fellSilent();
      // Whoever is reading would wait for it much longer than the primary takes.
      db.giveUp();
    }
    if (isAway && position !== null)
      log.info({ event: "replica_back", replica: number }, "a replica answers again");
    isAway = position === null;
  }

  return {
    db,
    progress,
    /** Those who ask at the same time share one answer. */
    ask(): Promise<void> {
      asked ??= askOnce().finally(() => {
        asked = null;
      });
      return asked;
    },
    close: async () => {
      await Promise.all([db.close(), line.end()]);
    },
  };
}

async function askPosition(pool: Pick<pg.Pool, "query">, question: string): Promise<number | null> {
  const { rows } = await pool.query<{ position: number | null }>(question);
  return rows[0]?.position ?? null;
}

/** A statement that took too long on a replica would take too long anywhere. */
const tooSlow = "57014";
/** What a migration has just made is not there yet. */
const isNotThereYet = /^42(P01|703|883|704)$/;

function isElsewhereAnswerable(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? (error.code ?? "") : "";
  return code !== tooSlow && (isNotThereYet.test(code) || isDatabaseUnavailable(error));
}
