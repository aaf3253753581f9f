import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isDatabaseUnavailable, isUniqueViolation } from "./connection-errors";
import { createDatabase, type Database, Prisma } from "./database";
import { stopServer } from "./embedded/postmaster";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded/start-embedded-postgres";
import { createTestDatabase, type TestDatabase } from "./testing";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The error a promise ends with; fails when it succeeds. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: unknown) => error,
  );
}

/** Each way in which the product talks to the database. */
const calls: [name: string, call: (db: Database) => Promise<unknown>][] = [
  ["a raw read from the pool", (db) => db.pool.query("SELECT 1")],
  ["a Prisma model", (db) => db.prisma.lead.findFirst()],
  ["a Prisma raw query", (db) => db.prisma.$queryRaw`SELECT 1`],
  ["a Prisma transaction", (db) => db.prisma.$transaction((tx) => tx.lead.count())],
  ["a Prisma batch", (db) => db.prisma.$transaction([db.prisma.$queryRaw`SELECT 1`])],
];

describe("a server that stops", () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let db: Database;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "intake away "));
    server = await startEmbeddedPostgres({ dataDirectory: folder, log: quiet });
    db = createDatabase({ connectionString: server.connectionString, maxConnections: 4, log: quiet });
  });
  afterAll(async () => {
    await db.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it("counts as unavailable when it goes in the middle of a query", async () => {
    const running = [
      errorOf(db.pool.query("SELECT pg_sleep(60)")),
      errorOf(db.prisma.$executeRaw`SELECT pg_sleep(60)`),
      errorOf(db.prisma.$transaction((tx) => tx.$executeRaw`SELECT pg_sleep(60)`)),
    ];
    const asleep = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    await expect.poll(async () => (await db.pool.query(asleep)).rows[0].n).toBe(3);
    await stopServer(server.pid);
    for (const error of await Promise.all(running)) expect(error).toSatisfy(isDatabaseUnavailable);
  });

  it.each(calls)("counts as unavailable for %s once it is gone", async (_, call) => {
    expect(await errorOf(call(db))).toSatisfy(isDatabaseUnavailable);
  });

  it("is used again without a restart of ours when it is back", async () => {
    // The handle of the server that went would otherwise take its place back, before the new one can.
    await server.stop();
    server = await startEmbeddedPostgres({ dataDirectory: folder, port: server.port, log: quiet });
    expect((await db.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    expect(await db.prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });
});

it("counts as unavailable when its disk is full, for every kind of call", async () => {
  const db = await createTestDatabase({ maxConnections: 1 });
  const raise = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$";
  try {
    const errors = [
      await errorOf(db.pool.query(raise)),
      await errorOf(db.prisma.$executeRawUnsafe(raise)),
      await errorOf(db.prisma.$transaction((tx) => tx.$executeRawUnsafe(raise))),
    ];
    for (const error of errors) expect(error).toSatisfy(isDatabaseUnavailable);
  } finally {
    await db.drop();
  }
});

it.each(calls)(
  "is given up for %s when its line carries nothing any more, and a new one serves",
  async (_, call) => {
    const server = await createTestDatabase({ maxConnections: 1 });
    const line = await startForgetfulLine(server.connectionString);
    const db = createDatabase({
      ...{ connectionString: line.connectionString, maxConnections: 1, mostSilentSeconds: 1 },
      log: quiet,
    });
    try {
      await db.pool.query("SELECT 1");
      line.forget();
      expect(await errorOf(call(db))).toSatisfy(isDatabaseUnavailable);
      expect((await db.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    } finally {
      await db.close();
      await line.close();
      await server.drop();
    }
  },
);

it("is given up with all that lie idle beside it, so that the next call need not find out again", async () => {
  const server = await createTestDatabase({ maxConnections: 1 });
  const line = await startForgetfulLine(server.connectionString);
  const db = createDatabase({
    ...{ connectionString: line.connectionString, maxConnections: 3, mostSilentSeconds: 2 },
    log: quiet,
  });
  try {
    await Promise.all([1, 2, 3].map(() => db.pool.query("SELECT pg_sleep(0.05)")));
    expect(db.pool.totalCount).toBe(3);
    line.forget();
    expect(await errorOf(db.pool.query("SELECT 1"))).toSatisfy(isDatabaseUnavailable);
    const begun = performance.now();
    await db.pool.query("SELECT 1");
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(db.pool.totalCount).toBe(1);
  } finally {
    await db.close();
    await line.close();
    await server.drop();
  }
});

it("counts as unavailable when it takes no writes, and is left for the one that the address leads to now", async () => {
  const own = await createTestDatabase({ maxConnections: 1 });
  const name = new URL(own.connectionString).pathname.slice(1);
  await own.pool.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const db = createDatabase({ connectionString: own.connectionString, maxConnections: 1, log: quiet });
  const write = () => db.prisma.rateLimit.create({ data: { key: "k", points: 1 } });
  try {
    for (const call of [
      write,
      () => db.prisma.$transaction((tx) => tx.rateLimit.create({ data: { key: "k", points: 1 } })),
      () => db.pool.query("INSERT INTO rate_limits (key, points) VALUES ('k', 1)"),
    ])
      expect(await errorOf(call())).toSatisfy(isDatabaseUnavailable);
    await own.pool.query("SET default_transaction_read_only = off");
    await own.pool.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
    // The connection of before would still take none.
    await write();
  } finally {
    await db.close();
    await own.drop();
  }
});

it("is waited for longer where a statement may take long", async () => {
  const own = await createTestDatabase();
  const db = createDatabase({
    ...{ connectionString: own.connectionString, maxConnections: 1 },
    ...{ mostSilentSeconds: 1, log: quiet },
  });
  const slow = "SELECT pg_sleep(1.5)::text AS slept";
  try {
    expect(await errorOf(db.pool.query(slow))).toSatisfy(isDatabaseUnavailable);
    expect((await db.patient.pool.query(slow)).rowCount).toBe(1);
  } finally {
    await db.close();
    await own.drop();
  }
});

/** A line to a server which can forget the connections that stand: they stay open and carry nothing, as behind a firewall that restarted. */
async function startForgetfulLine(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) sockets.add(socket.on("error", () => undefined));
  });
  await new Promise<void>((done) => relay.listen(0, "127.0.0.1", done));
  const address = relay.address();
  if (address === null || typeof address === "string") throw new Error("The line has no port");
  return {
    connectionString: target.replace(`:${port}/`, `:${address.port}/`),
    forget() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => relay.close(done));
    },
  };
}

describe("a server that is there", () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase({ maxConnections: 2 });
  });
  afterAll(() => db.drop());

  it("counts as unavailable for every kind of call when every connection stays busy", async () => {
    const held = [await db.pool.connect(), await db.pool.connect()];
    try {
      const errors = await Promise.all(calls.map(([, call]) => errorOf(call(db))));
      for (const error of errors) expect(error).toSatisfy(isDatabaseUnavailable);
    } finally {
      for (const client of held) client.release();
    }
  });

  it("counts as unavailable when it ends our connection", async () => {
    const lost = errorOf(db.prisma.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
    expect(await lost).toSatisfy(isDatabaseUnavailable);
  });

  it("counts as unavailable when it takes no more connections", async () => {
    await db.pool.query(
      `ALTER DATABASE ${new URL(db.connectionString).pathname.slice(1)} CONNECTION LIMIT 0`,
    );
    const user = `limited_${process.pid}`;
    await db.pool.query(`CREATE ROLE ${user} LOGIN PASSWORD 'x'`);
    const url = new URL(db.connectionString);
    url.username = user;
    url.password = "x";
    const client = new pg.Client({ connectionString: url.href });
    expect(await errorOf(client.connect())).toSatisfy(isDatabaseUnavailable);
    await db.pool.query(`DROP ROLE ${user}`);
  });

  it.each<[string, (db: Database) => Promise<unknown>]>([
    ["wrong SQL", (database) => database.pool.query("SELEC")],
    ["wrong SQL through Prisma", (database) => database.prisma.$queryRaw`SELEC`],
    [
      "a missing row",
      (database) => database.prisma.user.findUniqueOrThrow({ where: { email: "nobody@example.com" } }),
    ],
    [
      "a broken rule",
      (database) => database.prisma.$executeRaw`INSERT INTO lead_counts VALUES ('PENDING', NULL, 1)`,
    ],
  ])("does not count %s as unavailable", async (_, call) => {
    expect(await errorOf(call(db))).not.toSatisfy(isDatabaseUnavailable);
  });

  it("knows a taken value by its index, however it was written", async () => {
    const row = { key: "k", points: 1 };
    await db.prisma.rateLimit.create({ data: row });
    const errors = [
      await errorOf(db.prisma.rateLimit.create({ data: row })),
      await errorOf(db.prisma.$executeRaw`INSERT INTO rate_limits (key) VALUES ('k')`),
      await errorOf(
        db.prisma.$transaction((tx) =>
          tx.$executeRaw(Prisma.sql`INSERT INTO rate_limits (key) VALUES ('k')`),
        ),
      ),
      await errorOf(db.pool.query("INSERT INTO rate_limits (key) VALUES ('k')")),
    ];
    for (const error of errors) {
      expect(isUniqueViolation(error, "rate_limits_pkey")).toBe(true);
      expect(isUniqueViolation(error, "another_index")).toBe(false);
      expect(isDatabaseUnavailable(error)).toBe(false);
    }
  });
});

it.each([undefined, null, "P1001", 7, new Error("disk full"), { code: 1001 }])(
  "does not take %s for an outage",
  (value) => {
    expect(isDatabaseUnavailable(value)).toBe(false);
  },
);
