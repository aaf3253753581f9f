import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";
import type { Log } from "./log";
import { leaveReadOnlyServer } from "./read-only-server";
import { createSilenceWatch } from "./silent-connections";

export { Prisma } from "./generated/client";

import type { Prisma } from "./generated/client";

/** What a verb gets inside `prisma.$transaction`. */
export type Transaction = Prisma.TransactionClient;

export interface Database {
  prisma: PrismaClient;
  /** The pool under `prisma`, for the hot reads that skip its result mapping. */
  pool: pg.Pool;
  /** A few connections of their own for statements that may take up to two minutes, which nobody else then waits behind. */
  patient: Pick<Database, "prisma" | "pool">;
  /** Breaks off what is under way, except on `patient`: for whoever knows that this server does not answer and that another can. */
  giveUp(): void;
  /** Ends every connection, after the queries under way. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connectionString: string;
  /** Most connections at once, shared by Prisma and raw reads. */
  maxConnections: number;
  log?: Pick<Log, "warn">;
  /**
   * Whether a pooler between may give every transaction another connection to the server: no statement can be kept there then, and how long
   * one may take has to be set where the pooler connects (docs/operations.md).
   */
  isPooled?: boolean;
  /** How long a connection may be silent before it is given up, in seconds. */
  mostSilentSeconds?: number;
  /** Longest wait for the server or for a free connection, in milliseconds; the default is `usualWaitMilliseconds`. */
  mostWaitMilliseconds?: number;
}

/** Longer than a statement may take, which is 15 s unless somebody asks for more, and short enough to serve again within 30. */
const usualSilentSeconds = 20;
/** Longer than the longest statement anybody may ask for, which is 120 s. */
const patientSilentSeconds = 130;
const mostPatientConnections = 4;
/** A saturated pool sheds load instead of queueing without end (rule 13). */
const usualWaitMilliseconds = 3_000;

/** Prisma's adapter writes and reads instants without their offset: the session has to be in UTC, whatever the server is in. */
async function setUtc(client: pg.ClientBase): Promise<void> {
  await client.query("SET TIME ZONE 'UTC'");
}

/** Opens what talks to this database. Nothing connects before the first query. */
export function createDatabase(options: DatabaseOptions): Database {
  const { maxConnections, mostSilentSeconds = usualSilentSeconds } = options;
  const usual = openPool({ ...options, mostSilentSeconds });
  const patient = openPool({
    ...options,
    maxConnections: Math.min(maxConnections, mostPatientConnections),
    mostSilentSeconds: patientSilentSeconds,
  });
  return {
    ...usual,
    patient,
    close: async () => {
      await Promise.all([usual, patient].map(closePool));
    },
  };
}

const throughPooler = new WeakSet<pg.Pool>();

/** Whether a statement that got a name on one of the connections can be asked for by it later. */
export function keepsStatements(pool: pg.Pool): boolean {
  return !throughPooler.has(pool);
}

function openPool(
  options: DatabaseOptions & { mostSilentSeconds: number },
): Pick<Database, "prisma" | "pool" | "giveUp"> {
  const { connectionString, maxConnections, log, mostSilentSeconds, isPooled = false } = options;
  const silence = createSilenceWatch(mostSilentSeconds);
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    application_name: "intake",
    connectionTimeoutMillis: options.mostWaitMilliseconds ?? usualWaitMilliseconds,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Poolers refuse these where they connect, and drop what is set later.
    ...(!isPooled && { statement_timeout: 15_000, idle_in_transaction_session_timeout: 20_000 }),
    onConnect(client) {
      silence.begin(client);
      leaveReadOnlyServer(client);
      return setUtc(client);
    },
  });
  if (isPooled) throughPooler.add(pool);
  silence.follow(pool);
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", (error) => log?.warn({ err: error }, "idle database connection lost"));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, {
      onConnectionError: (error) => log?.warn({ err: error }, "database connection lost in a transaction"),
    }),
    transactionOptions: { maxWait: 3_000, timeout: 10_000 },
  });
  return { prisma, pool, giveUp: silence.giveUp };
}

async function closePool({ prisma, pool }: Database["patient"]): Promise<void> {
  await prisma.$disconnect();
  await pool.end();
}
