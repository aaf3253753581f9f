import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";
import type { Log } from "./log";

export { Prisma } from "./generated/client";

import type { Prisma } from "./generated/client";

/** What a verb gets inside `prisma.$transaction`. */
export type Transaction = Prisma.TransactionClient;

export interface Database {
  prisma: PrismaClient;
  /** The pool under `prisma`, for the hot reads that skip its result mapping. */
  pool: pg.Pool;
  /** Ends every connection, after the queries under way. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connectionString: string;
  /** Most connections at once, shared by Prisma and raw reads. */
  maxConnections: number;
  log?: Pick<Log, "warn">;
  /** How long a connection may be silent before it is given up, in seconds. */
  mostSilentSeconds?: number;
}

/** Longer than the longest statement anybody may ask for, which is 120 s. */
const usualSilentSeconds = 130;

async function setUtc(client: pg.ClientBase): Promise<void> {
  await client.query("SET TIME ZONE 'UTC'");
}

/** Opens one pool for everything that talks to this database. Nothing connects before the first query. */
export function createDatabase(options: DatabaseOptions): Database {
  const { connectionString, maxConnections, log, mostSilentSeconds = usualSilentSeconds } = options;
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    application_name: "intake",
    // Also the longest wait for a free connection: a saturated pool sheds load instead of queueing without end (rule 13).
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 20_000,
    // Prisma's adapter writes and reads instants without their offset: the session has to be in UTC, whatever the server is in.
    onConnect: setUtc,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", (error) => log?.warn({ err: error }, "idle database connection lost"));
  // A server or a firewall that vanished without a word would hold its connections, and whoever waits for them, for hours.
  pool.on("connect", (client) => giveUpWhenSilent(client, mostSilentSeconds));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, {
      onConnectionError: (error) => log?.warn({ err: error }, "database connection lost in a transaction"),
    }),
    transactionOptions: { maxWait: 3_000, timeout: 10_000 },
  });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function giveUpWhenSilent({ connection }: pg.PoolClient, seconds: number): void {
  const { stream } = connection;
  if (!(stream instanceof Socket)) return;
  stream.setTimeout(seconds * 1000, () =>
    stream.destroy(new Error(`Connection terminated: the database was silent for ${seconds} s`)),
  );
}
