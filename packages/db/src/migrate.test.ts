import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAppLogin } from "./app-login";
import { applyMigrations, awaitMigrations, DatabaseVersionError } from "./migrate";
import { createTestDatabase, type TestDatabase } from "./testing";

const realMigrations = join(import.meta.dirname, "../../../prisma/migrations");
let db: TestDatabase;
let migrationsDirectory: string;
let connectionString: string;

beforeEach(async () => {
  db = await createTestDatabase();
  // A second, empty database beside the migrated one.
  const empty = `${new URL(db.connectionString).pathname.slice(1)}_empty`;
  await db.pool.query(`CREATE DATABASE ${empty}`);
  connectionString = db.connectionString.replace(/[^/]+$/, empty);
  migrationsDirectory = await mkdtemp(join(tmpdir(), "intake-migrations-"));
  await cp(realMigrations, migrationsDirectory, { recursive: true });
});
afterEach(async () => {
  await db.pool.query(`DROP DATABASE ${new URL(connectionString).pathname.slice(1)} WITH (FORCE)`);
  await db.drop();
  await rm(migrationsDirectory, { recursive: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsDirectory, name));
  await writeFile(join(migrationsDirectory, name, "migration.sql"), sql);
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

/** The product's own migrations, in the order of their names. */
async function released(): Promise<string[]> {
  const entries = await readdir(realMigrations, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

it("applies what is missing, in order, once", async () => {
  const options = { connectionString, migrationsDirectory };
  expect(await applyMigrations(options)).toEqual(await released());
  expect(await applyMigrations(options)).toEqual([]);
  await addMigration("20991231000000_b", "ALTER TABLE later ADD COLUMN more int;");
  await addMigration("20991230000000_a", "CREATE TABLE later (id int); -- a semicolon; in a comment");
  expect(await applyMigrations(options)).toEqual(["20991230000000_a", "20991231000000_b"]);
  expect(await ask("SELECT more FROM later")).toEqual([]);
});

it("lets one of several starts migrate while the others wait", async () => {
  await addMigration("20991230000000_slow", "SELECT pg_sleep(0.3); CREATE TABLE once (id int);");
  const options = { connectionString, migrationsDirectory };
  const results = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(options)));
  expect(results.filter((names) => names.length > 0)).toEqual([
    [...(await released()), "20991230000000_slow"],
  ]);
});

it("refuses a database that a newer version has migrated, by name, and changes nothing", async () => {
  await addMigration("20991231000000_newer", "CREATE TABLE newer (id int);");
  const options = { connectionString, migrationsDirectory };
  await applyMigrations(options);
  await rm(join(migrationsDirectory, "20991231000000_newer"), { recursive: true });
  await addMigration("20991230000000_ours", "CREATE TABLE ours (id int);");
  for (const attempt of [applyMigrations, awaitMigrations]) {
    const error = await attempt(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseVersionError);
    expect(String(error)).toContain("newer version of Intake: it knows 20991231000000_newer.");
  }
  expect(await ask("SELECT to_regclass('ours') AS ours")).toEqual([{ ours: null }]);
});

it("waits for another process that migrates, and says so when none does", async () => {
  const options = { connectionString, migrationsDirectory };
  await expect(awaitMigrations({ ...options, waitMs: 0 })).rejects.toThrow(
    "Run `migrate` of this version first.",
  );
  const waiting = awaitMigrations(options);
  await applyMigrations(options);
  await waiting;
});

it("leaves no connection behind", async () => {
  await applyMigrations({ connectionString, migrationsDirectory });
  const database = new URL(connectionString).pathname.slice(1);
  await expect
    .poll(async () => {
      const { rows } = await db.pool.query(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1",
        [database],
      );
      return rows[0].n;
    })
    .toBe(0);
});

it("rolls a broken migration back, says which one, and refuses to go on until it is resolved", async () => {
  await addMigration("20991230000000_broken", "CREATE TABLE half (id int); SELECT 1/0;");
  const options = { connectionString, migrationsDirectory };
  await expect(applyMigrations(options)).rejects.toThrow(/20991230000000_broken[\s\S]*division by zero/);
  expect(await ask("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  await expect(applyMigrations(options)).rejects.toThrow(/20991230000000_broken/);
});

describe("a table that somebody holds", () => {
  let holder: pg.Client;
  beforeEach(async () => {
    await applyMigrations({ connectionString, migrationsDirectory });
    await addMigration("20991230000000_easy", "CREATE TABLE easy (id int);");
    await addMigration(
      "20991231000000_waits",
      "SET LOCAL lock_timeout = '100ms'; CREATE TABLE half (id int); ALTER TABLE leads ADD COLUMN x int;",
    );
    holder = new pg.Client({ connectionString });
    await holder.connect();
    await holder.query("BEGIN; LOCK TABLE leads IN ACCESS SHARE MODE");
  });
  afterEach(() => holder.end());

  it("is changed as soon as it is free, and whoever else wants it need not wait so long", async () => {
    const warnings: object[] = [];
    const log = {
      info: () => undefined,
      warn(fields: object) {
        warnings.push(fields);
        if (warnings.length === 2) void holder.query("COMMIT");
      },
    };
    const names = await applyMigrations({ connectionString, migrationsDirectory, log });
    expect(names).toEqual(["20991230000000_easy", "20991231000000_waits"]);
    expect(warnings).toEqual([
      { migration: "20991231000000_waits", tries: 1 },
      { migration: "20991231000000_waits", tries: 2 },
    ]);
    expect(await ask("SELECT x FROM leads")).toEqual([]);
  });

  it("is given up in the end, in words, with nothing changed, and a later run succeeds", async () => {
    const options = { connectionString, migrationsDirectory };
    await expect(applyMigrations(options)).rejects.toThrow(
      "Migration 20991231000000_waits did not get its lock on a table in 10 tries (lock timeout) and has changed nothing.",
    );
    expect(await ask("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    await holder.query("COMMIT");
    expect(await applyMigrations(options)).toEqual(["20991231000000_waits"]);
  });
});

it("says that the database cannot be reached", async () => {
  const away = new URL(connectionString);
  away.port = "1";
  await expect(applyMigrations({ connectionString: away.href, migrationsDirectory })).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
});

it("says so when the server takes a connection, or even a question, and falls silent", async () => {
  const real = new URL(connectionString);
  const open: Socket[] = [];
  const server = createServer((client) => {
    const behind = connect(Number(real.port), real.hostname);
    open.push(client, behind);
    for (const socket of [client, behind]) socket.on("error", () => undefined);
    behind.pipe(client);
    client.on("data", (piece) => {
      if (!/to_regclass|pg_roles/.test(piece.toString())) behind.write(piece);
    });
  }).listen(0, "127.0.0.1");
  const mute = createServer((client) => void open.push(client)).listen(0, "127.0.0.1");
  await Promise.all([once(server, "listening"), once(mute, "listening")]);
  const through = ({ port }: { port: number }) => {
    const url = new URL(connectionString);
    Object.assign(url, { hostname: "127.0.0.1", port: String(port) });
    return url.href;
  };
  const ports = [server, mute].map((each) => Object(each.address()) as { port: number });
  const sentence = /^The database at 127\.0\.0\.1:\d+ fell silent\. Look at it/;
  await Promise.all(
    ports
      .map(through)
      .flatMap((silent) => [
        expect(applyMigrations({ connectionString: silent, migrationsDirectory })).rejects.toThrow(sentence),
        expect(awaitMigrations({ connectionString: silent, migrationsDirectory })).rejects.toThrow(sentence),
        expect(openAppLogin(silent)).rejects.toThrow(sentence),
      ]),
  );
  for (const socket of open) socket.destroy();
  server.close();
  mute.close();
}, 30_000);
