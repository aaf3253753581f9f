import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createDatabase, Prisma } from "./database";
import { createTestDatabase, type TestDatabase } from "./testing";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("serves Prisma and raw reads from one pool of bounded size", async () => {
  const small = createDatabase({ connectionString: db.connectionString, maxConnections: 2 });
  const slow = Array.from({ length: 3 }, () => [
    small.prisma.$queryRaw`SELECT pg_sleep(0.05)::text`,
    small.pool.query("SELECT pg_sleep(0.05)"),
  ]);
  await Promise.all(slow.flat());
  expect(small.pool.totalCount).toBe(2);
  await small.close();
});

it("gives a statement 15 seconds and a forgotten transaction 20", async () => {
  const { rows } = await db.pool.query(
    "SELECT current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle",
  );
  expect(rows).toEqual([{ statement: "15s", idle: "20s" }]);
});

it("outlives the loss of an idle connection, and logs it", async () => {
  const log = { warn: vi.fn() };
  const fragile = createDatabase({ connectionString: db.connectionString, maxConnections: 1, log });
  const { rows } = await fragile.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await db.pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await vi.waitFor(() =>
    expect(log.warn).toHaveBeenCalledWith(expect.anything(), "idle database connection lost"),
  );
  expect(await fragile.prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await fragile.close();
});

it("leaves no connection behind after close()", async () => {
  const open = createDatabase({ connectionString: db.connectionString, maxConnections: 3 });
  await Promise.all([open.prisma.lead.count(), open.pool.query("SELECT 1")]);
  await open.close();
  expect(open.pool.totalCount).toBe(0);
  await expect(open.pool.query("SELECT 1")).rejects.toThrow();
});

it("refuses an undefined condition, which would match every row", async () => {
  const where: { email?: string } = JSON.parse("{}");
  where.email = undefined;
  await expect(db.prisma.user.findMany({ where })).rejects.toThrow(/undefined/);
});

it("keeps times as instants, to the millisecond, whatever the server's zone", async () => {
  const at = new Date("2026-03-29T01:30:00.123Z");
  await db.pool.query(
    `ALTER ROLE CURRENT_USER IN DATABASE ${new URL(db.connectionString).pathname.slice(1)} SET timezone = 'Asia/Tokyo'`,
  );
  const tokyo = createDatabase({ connectionString: db.connectionString, maxConnections: 1 });
  await tokyo.prisma
    .$executeRaw`INSERT INTO audit_events (id, type, actor_type, created_at) VALUES (gen_random_uuid(), 't', 'system', ${at})`;
  const row = await tokyo.prisma.auditEvent.findFirstOrThrow({ where: { type: "t" } });
  const raw = await tokyo.pool.query("SELECT created_at FROM audit_events WHERE type = 't'");
  await tokyo.close();
  expect(row.createdAt).toEqual(at);
  expect(raw.rows[0].created_at).toEqual(at);
});

it("builds statements that both doors understand", async () => {
  const query = Prisma.sql`SELECT ${"a"}::text AS value`;
  expect((await db.pool.query(query.text, query.values)).rows).toEqual([{ value: "a" }]);
  expect(await db.prisma.$queryRaw(query)).toEqual([{ value: "a" }]);
});
