import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing";

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase({ maxConnections: 20 });
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.pool.query("TRUNCATE leads CASCADE");
});

type LeadInput = { first?: string; last?: string; email?: string; status?: "PENDING" | "REACHED_OUT" };

async function insertLeads(leads: LeadInput[]): Promise<void> {
  const rows = leads.map(
    ({ first = "Ada", last = "Okafor", email = "ada@example.com", status = "PENDING" }, index) => ({
      id: randomUUID(),
      reference: randomUUID(),
      first_name: first,
      last_name: last,
      email,
      email_key: email.toLowerCase(),
      resume_path: "resumes/x",
      status,
      created_at: new Date(Date.UTC(2026, 2, 1 + (index % 3))),
      updated_at: new Date(),
      version: 1,
      search_text: "",
      source: "FORM",
    }),
  );
  await db.pool.query("INSERT INTO leads SELECT * FROM json_populate_recordset(NULL::leads, $1)", [
    JSON.stringify(rows),
  ]);
}

async function column(sql: string, values: unknown[] = []): Promise<unknown[]> {
  const { rows } = await db.pool.query({ text: sql, values, rowMode: "array" });
  return rows.map((row: unknown[]) => row[0]);
}

/** Per status, and per status and day. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ status: string; total: number }>(
    `SELECT status::text, sum(total)::int AS total FROM lead_counts GROUP BY status HAVING sum(total) <> 0
     UNION ALL SELECT status || ' ' || day, sum(total)::int FROM lead_day_counts GROUP BY status, day HAVING sum(total) <> 0`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.total]));
}

async function trueCounts(): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ status: string; total: number }>(
    `SELECT status::text, count(*)::int AS total FROM leads GROUP BY status
     UNION ALL SELECT status || ' ' || (created_at AT TIME ZONE 'UTC')::date, count(*)::int FROM leads
       GROUP BY status, (created_at AT TIME ZONE 'UTC')::date`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.total]));
}

describe("search text", () => {
  it("finds a lead by either order of the name, by address, without accents or case", async () => {
    await insertLeads([{ first: "Émile", last: "Müller", email: "E.Muller@Example.com" }]);
    for (const term of ["emile muller", "MÜLLER ÉMILE", "e.muller@example", "ＭＵＬＬ"]) {
      const found = await column(
        "SELECT count(*)::int FROM leads WHERE search_text LIKE '%' || search_normal($1) || '%'",
        [term],
      );
      expect(found, term).toEqual([1]);
    }
  });

  it("follows a changed name and cannot be set by hand", async () => {
    await insertLeads([{}]);
    await db.pool.query("UPDATE leads SET last_name = 'Ngô'");
    await db.pool.query("UPDATE leads SET search_text = 'something else'");
    expect(await column("SELECT search_text FROM leads")).toEqual(["ada ngo ada ada@example.com"]);
  });

  it("answers part of a name in any script from the trigram index", async () => {
    await insertLeads([{ first: "Иван", last: "Петров" }]);
    const client = await db.pool.connect();
    try {
      await client.query("BEGIN; SET LOCAL enable_seqscan = off");
      const plan = await client.query("EXPLAIN SELECT id FROM leads WHERE search_text LIKE '%петро%'");
      expect(JSON.stringify(plan.rows)).toContain("leads_search_text_idx");
      const trigrams = await client.query("SELECT array_length(show_trgm('петров'), 1) AS n");
      expect(trigrams.rows[0].n).toBeGreaterThan(4);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  it("does not depend on the search path of the session", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("BEGIN; SET LOCAL search_path = pg_temp");
      const { rows } = await client.query("SELECT public.search_normal('ÀÉ') AS value");
      expect(rows[0].value).toBe("ae");
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

it("sorts names as a person would: accents and case come second", async () => {
  await insertLeads(["Zoe", "émile", "Emil", "anna", "Ängel", "Østby", "Otto"].map((last) => ({ last })));
  expect(await column("SELECT last_name FROM leads ORDER BY last_name, id")).toEqual([
    "Ängel",
    "anna",
    "Emil",
    "émile",
    "Østby",
    "Otto",
    "Zoe",
  ]);
});

describe("totals per status", () => {
  it("stay true through any series of inserts, changes and deletions", async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("insert" as const), pending: fc.nat(4), reached: fc.nat(4) }),
      fc.record({ kind: fc.constant("reach" as const), n: fc.nat(3) }),
      fc.record({ kind: fc.constant("reopen" as const), n: fc.nat(3) }),
      fc.record({ kind: fc.constant("delete" as const), n: fc.nat(3) }),
      fc.record({ kind: fc.constant("rename" as const), n: fc.nat(3) }),
    );
    const some = "id IN (SELECT id FROM leads ORDER BY id LIMIT $1)";
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        await db.pool.query("TRUNCATE leads CASCADE");
        for (const s of steps) {
          if (s.kind === "insert") {
            await insertLeads([
              ...Array.from({ length: s.pending }, () => ({ status: "PENDING" as const })),
              ...Array.from({ length: s.reached }, () => ({ status: "REACHED_OUT" as const })),
            ]);
          } else if (s.kind === "delete") await db.pool.query(`DELETE FROM leads WHERE ${some}`, [s.n]);
          else if (s.kind === "rename")
            await db.pool.query(`UPDATE leads SET first_name = 'B' WHERE ${some}`, [s.n]);
          else {
            const status = s.kind === "reach" ? "REACHED_OUT" : "PENDING";
            await db.pool.query(`UPDATE leads SET status = $2::lead_status WHERE ${some}`, [s.n, status]);
          }
        }
        expect(await counts()).toEqual(await trueCounts());
      }),
      { numRuns: 25 },
    );
  });

  it("survive a rolled back transaction", async () => {
    await insertLeads([{}, {}]);
    const client = await db.pool.connect();
    await client.query("BEGIN");
    await client.query("DELETE FROM leads");
    await client.query("ROLLBACK");
    client.release();
    expect(await counts()).toEqual({ PENDING: 2, "PENDING 2026-03-01": 1, "PENDING 2026-03-02": 1 });
  });

  it("neither deadlock nor drift when twenty connections change both statuses at once", async () => {
    await insertLeads([
      ...Array.from({ length: 100 }, () => ({ status: "PENDING" as const })),
      ...Array.from({ length: 100 }, () => ({ status: "REACHED_OUT" as const })),
    ]);
    const ids = await column("SELECT id FROM leads ORDER BY random()");
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        db.pool.query(
          `UPDATE leads SET status = CASE status WHEN 'PENDING' THEN 'REACHED_OUT'::lead_status ELSE 'PENDING'::lead_status END
           WHERE id = ANY($1::uuid[])`,
          [ids.slice(n * 10, n * 10 + 10)],
        ),
      ),
    );
    expect(await counts()).toEqual(await trueCounts());
  });
});

describe("totals per day", () => {
  it("are taken in one order: two hundred changes that cross others on the same days never wait in a circle", async () => {
    // Pending on the first day, reached on the second: flipped together they change only the days' totals.
    await insertLeads([{}, { status: "REACHED_OUT" }, {}, {}, { status: "REACHED_OUT" }]);
    const [first, firstToo, second, secondToo] = await column(
      "SELECT id FROM leads WHERE created_at < '2026-03-03Z' ORDER BY created_at, id",
    );
    const [left, right] = await connectInOneShard();
    const flip = (client: PoolClient | undefined, ids: unknown[]) =>
      client?.query(
        `UPDATE leads SET status = CASE status WHEN 'PENDING' THEN 'REACHED_OUT' ELSE 'PENDING' END::lead_status
         WHERE id = ANY($1::uuid[])`,
        [ids],
      );
    for (let round = 0; round < 200; round += 1) {
      await left?.query("BEGIN");
      await flip(left, [first]);
      const crossing = flip(right, [secondToo, firstToo]);
      await someoneWaits();
      await flip(left, [second]);
      await left?.query("COMMIT");
      await crossing;
    }
    left?.release();
    right?.release();
    expect(await counts()).toEqual(await trueCounts());
  });
});

async function someoneWaits(): Promise<void> {
  const waiting = `SELECT count(*)::int FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await column(waiting))[0] === 0);
}

/** Two connections that keep their counts in the same rows: of seventeen, two must. */
async function connectInOneShard() {
  const clients = await Promise.all(Array.from({ length: 17 }, () => db.pool.connect()));
  const shards = await Promise.all(
    clients.map(async (client) => {
      const { rows } = await client.query<{ shard: number }>("SELECT pg_backend_pid() % 16 AS shard");
      return rows[0]?.shard;
    }),
  );
  const second = shards.findIndex((shard, index) => shards.indexOf(shard) < index);
  const pair = [clients[shards.indexOf(shards[second])], clients[second]];
  for (const client of clients) if (!pair.includes(client)) client.release();
  return pair;
}

describe("audit events", () => {
  const insert = `INSERT INTO audit_events (id, type, actor_type, created_at) VALUES (gen_random_uuid(), 'lead.submitted', 'prospect', now())`;

  it.each(["UPDATE audit_events SET type = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"])(
    "refuse %s",
    async (sql) => {
      await db.pool.query(insert);
      const before = await column("SELECT count(*)::int FROM audit_events");
      await expect(db.pool.query(sql)).rejects.toMatchObject({ code: "42501" });
      expect(await column("SELECT count(*)::int FROM audit_events")).toEqual(before);
    },
  );
});
