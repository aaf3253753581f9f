import { randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { giveManyLeads } from "@intake/core/testing/many-leads";
import { createDatabase } from "@intake/db/database";
import { applyMigrations } from "@intake/db/migrate";
import { createAppTestDatabase, createTestDatabase } from "@intake/db/testing";
import { startQueue } from "@intake/jobs/queue";
import { expect, test } from "vitest";
import { formParts } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import {
  namesIn,
  playStatements,
  type Recording,
  recordingSchema,
  recordStatements,
} from "./testing/statements";
import { startTestApp } from "./testing/test-app";

const migrationsDirectory = join(import.meta.dirname, "../../../prisma/migrations");
const file = join(import.meta.dirname, "testing/statements-of-before.json");
/** What a migration waits for a lock before it lets others through, and a second for its own work (packages/db/src/migrate.ts). */
const mostMilliseconds = 3_000;
const leads = 5_000;

const nameOf = (migrations: { name: string; isDirectory(): boolean }[]) =>
  migrations.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();

test("what this version asks for can be recorded and played again (INTAKE_RECORD=1 keeps it, before a migration is added)", async () => {
  const database = await createAppTestDatabase({ maxConnections: 5 });
  const taken = recordStatements(database.pool);
  const app = await startTestApp({ database: { db: database, connectionString: database.connectionString } });
  try {
    const token = await app.signIn("ATTORNEY");
    const setup = taken();
    const sent = await app.submit(formParts(), { "Idempotency-Key": randomUUID() });
    const { id } = await readJson(sent, leadReceiptSchema);
    const body = { status: "REACHED_OUT", note: "Called at noon.", channel: "PHONE" };
    for (const answer of [
      await app.call("GET", "/api/leads", { token }),
      await app.call("GET", `/api/leads/${id}`, { token }),
      await app.call("PATCH", `/api/leads/${id}`, { token, body }),
    ])
      expect(answer.status).toBe(200);
    const work = taken();
    expect(work.filter(({ text }) => /INSERT INTO leads/.test(text))).toHaveLength(1);
    const migration = nameOf(await readdir(migrationsDirectory, { withFileTypes: true })).at(-1) ?? "";
    const recording: Recording = { migration, setup, work };
    if (process.env.INTAKE_RECORD) await writeFile(file, `${JSON.stringify(recording, null, 1)}\n`);

    const client = await database.pool.connect();
    await playStatements(client, work, namesIn(setup)).finally(() => client.release());
    expect(await database.prisma.lead.count({ where: { status: "REACHED_OUT" } })).toBe(2);
  } finally {
    await app.close();
    await database.drop();
  }
});

test("the version of before goes on while the newer migrations run, and after them", async () => {
  const { migration, setup, work } = recordingSchema.parse(JSON.parse(await readFile(file, "utf8")));
  const folder = await mkdtemp(join(tmpdir(), "intake-versions-"));
  const admin = await createTestDatabase();
  const name = `${new URL(admin.connectionString).pathname.slice(1)}_before`;
  await admin.pool.query(`CREATE DATABASE ${name}`);
  const connectionString = admin.connectionString.replace(/[^/]+$/, name);
  const db = createDatabase({ connectionString, maxConnections: 6 });
  const names = nameOf(await readdir(migrationsDirectory, { withFileTypes: true }));
  const before = join(folder, "before");
  const after = join(folder, "after");
  try {
    await cp(migrationsDirectory, after, { recursive: true });
    await cp(migrationsDirectory, before, {
      recursive: true,
      filter: (path) => !names.some((each) => each > migration && path.endsWith(each)),
    });
    await applyMigrations({ connectionString, migrationsDirectory: before });
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const queue = await startQueue({ connectionString, log, hasWorker: false });
    await queue.stop(0);
    await giveManyLeads(db, leads);
    const known = namesIn(setup);
    await playStatements(db.pool, setup, known);
    // One more than there are, so that some are always new.
    await mkdir(join(after, "29991231000000_next"));
    await writeFile(
      join(after, "29991231000000_next/migration.sql"),
      "ALTER TABLE leads ADD COLUMN next int;",
    );

    const state = { isOver: false, played: 0, slowest: 0 };
    const keepPlaying = async () => {
      const client = await db.pool.connect();
      try {
        while (!state.isOver) {
          state.slowest = Math.max(state.slowest, await playStatements(client, work, known));
          state.played += 1;
        }
      } finally {
        client.release();
      }
    };
    const clients = [keepPlaying(), keepPlaying(), keepPlaying()];
    await delay(500);
    const applied = await applyMigrations({ connectionString, migrationsDirectory: after });
    const during = state.played;
    await expect.poll(() => state.played).toBeGreaterThan(during + 3);
    state.isOver = true;
    await Promise.all(clients);
    expect(applied).toEqual([...names.filter((each) => each > migration), "29991231000000_next"]);
    expect(state.slowest).toBeLessThan(mostMilliseconds);
    expect(await db.prisma.lead.count()).toBe(leads + state.played);
  } finally {
    await db.close();
    await admin.pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.drop();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);

function ignore(): void {}
