import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { foldDayCounts } from "./fold-day-counts";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

test("folding goes through the days in the order in which changes count them: it waits for one, but never in a circle", async () => {
  const { pool } = domain.ctx.db;
  await giveManyLeads(domain.ctx.db, 6);
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE leads SET status = 'PENDING', created_at = '2026-01-01Z'::timestamptz + right(reference, 1)::int * interval '1 day'
     RETURNING id`,
  );
  const ids = rows.map(({ id }) => id);
  const client = await connectScattering();
  const flip = (id: string | undefined) =>
    client.query(
      "UPDATE leads SET status = CASE status WHEN 'PENDING' THEN 'REACHED_OUT' ELSE 'PENDING' END::lead_status WHERE id = $1",
      [id],
    );
  // Newest day first, so that the rows lie the wrong way round.
  for (const id of ids.toReversed()) await flip(id);
  await domain.owner.pool.query("ANALYZE lead_day_counts");

  await client.query("BEGIN");
  await flip(ids.at(0));
  const folding = foldDayCounts(domain.ctx);
  folding.catch(() => undefined);
  await someoneWaits();
  await flip(ids.at(-1));
  await client.query("COMMIT");
  client.release();
  await expect(folding).resolves.toBeUndefined();

  const { rows: shards } = await pool.query(
    "SELECT status::text, sum(total)::int AS total, max(shard) AS shard FROM lead_day_counts GROUP BY status ORDER BY status",
  );
  expect(shards).toEqual([
    { status: "PENDING", total: 2, shard: 0 },
    { status: "REACHED_OUT", total: 4, shard: 0 },
  ]);
});

/** A connection that does not keep its counts in the shard that the others are folded into. */
async function connectScattering() {
  const client = await domain.ctx.db.pool.connect();
  const { rows } = await client.query<{ shard: number }>("SELECT pg_backend_pid() % 16 AS shard");
  if (rows[0]?.shard !== 0) return client;
  const other = await domain.ctx.db.pool.connect();
  client.release();
  return other;
}

async function someoneWaits(): Promise<void> {
  for (;;) {
    const { rows } = await domain.owner.pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows[0]?.waiting) return;
    await nextTurn();
  }
}
