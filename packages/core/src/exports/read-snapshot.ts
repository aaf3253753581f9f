import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import type { LeadSelection } from "../selection/schema";
import { selectionSql } from "../selection/selection-sql";
import { type ExportRow, exportSelect } from "./export-columns";

const batchSize = 500;
/** Exports of the whole office at the same time from one server: each holds a connection to it and a snapshot. */
const mostAtOnce = 2;
/** Marks the places of exports among all advisory locks of the database. */
const lockSpace = 0x6578;
/** The longest statement and the longest wait for a slow reader, in seconds. */
const patience = 120;

export interface Snapshot {
  /** How many rows there are, all of one moment. */
  total: number;
  rows: AsyncGenerator<ExportRow[]>;
}

/**
 * Counts what is chosen and reads it through a cursor, both in one snapshot: the number is that of the rows, whatever arrives meanwhile,
 * and memory holds one batch. The snapshot ends when `use` does. Throws TOO_MANY_REQUESTS while as many are read as may be.
 */
export async function readSnapshot(
  ctx: PersonContext,
  selection: LeadSelection,
  use: (snapshot: Snapshot) => Promise<void>,
): Promise<void> {
  const { tables, where, orderBy } = await selectionSql(ctx, selection);
  const client = await ctx.db.patient.pool.connect();
  let broken: Error | undefined;
  // A connection that is lost between two batches says so by an event, which would end the process; the next batch then fails.
  const noteLoss = (error: Error) => {
    broken = error;
  };
  client.on("error", noteLoss);
  const ask = async <Row>({ text, values }: Prisma.Sql): Promise<Row[]> =>
    (await client.query({ text, values })).rows as Row[];
  async function* rows(): AsyncGenerator<ExportRow[]> {
    for (;;) {
      const batch = await ask<ExportRow>(
        Prisma.sql`FETCH ${Prisma.raw(String(batchSize))} FROM leads_of_export`,
      );
      if (batch.length === 0) return;
      yield batch;
    }
  }
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(`SET LOCAL statement_timeout = '${patience}s'`);
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '${patience}s'`);
    await takePlace(ask);
    const [counted] = await ask<{ total: string }>(
      Prisma.sql`SELECT count(*) AS total FROM ${tables} ${where}`,
    );
    await ask(
      Prisma.sql`DECLARE leads_of_export NO SCROLL CURSOR FOR
        SELECT ${exportSelect(ctx.actor.user.timeZone)} FROM ${tables} ${where} ${orderBy}`,
    );
    await use({ total: Number(counted?.total ?? 0), rows: rows() });
    await client.query("COMMIT");
  } catch (error) {
    // The transaction ends with its connection.
    broken = error instanceof Error ? error : new Error("An export broke off", { cause: error });
    throw error;
  } finally {
    client.off("error", noteLoss);
    client.release(broken);
  }
}

/** A lock for one of the places, which goes with the transaction, however that ends, and which all instances see. */
async function takePlace(ask: (query: Prisma.Sql) => Promise<{ isFree: boolean }[]>): Promise<void> {
  for (let place = 1; place <= mostAtOnce; place += 1) {
    const [row] = await ask(
      Prisma.sql`SELECT pg_try_advisory_xact_lock(${lockSpace}::int, ${place}::int) AS "isFree"`,
    );
    if (row?.isFree) return;
  }
  throw new AppError("TOO_MANY_REQUESTS", "Two exports are being made already. Try again in a minute.", {
    retryAfterSeconds: 60,
  });
}
