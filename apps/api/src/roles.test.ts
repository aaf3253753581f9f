import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@intake/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltServer, spawnBuiltServer, startBuiltServer } from "./testing/built-server";
import { formParts, multipartBody, multipartType } from "./testing/multipart";

let root: string;
let database: TestDatabase;
/** A database beside it with nothing in it. */
let empty: string;
const running: BuiltServer[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "intake roles "));
  database = await createTestDatabase();
  empty = database.connectionString.replace(/[^/]+$/, (name) => `${name}_empty`);
  await database.pool.query(`CREATE DATABASE ${new URL(empty).pathname.slice(1)}`);
});
afterAll(async () => {
  for (const server of running) server.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  await database.pool.query(`DROP DATABASE ${new URL(empty).pathname.slice(1)} WITH (FORCE)`);
  await database.drop();
  await rm(root, { recursive: true, force: true });
});

/** One process of the installation on the empty database, in a role. */
const role = (...args: string[]) => ({
  ...{ args, dataDirectory: join(root, "data") },
  environment: { DATABASE_URL: empty },
});
const run = async (...args: string[]) => {
  const server = await spawnBuiltServer(role(...args));
  running.push(server);
  return { code: await server.ended, output: server.output() };
};

test("a word that is neither role nor command is answered with both lists", async () => {
  const { code, output } = await run("pigeon");
  expect(code).toBe(1);
  expect(output).toContain(
    "  - pigeon is no role (api, worker, migrate; none of them means all in one process)",
  );
  expect(output).toContain(
    "no command (audit:verify, backup:note, keys:rotate, restore:prove, setup:link, storage:check)",
  );
});

test.each(["api", "worker", "migrate"])("%s alone needs a database that others reach too", async (name) => {
  const server = await spawnBuiltServer({ args: [name], dataDirectory: join(root, "alone") });
  expect(await server.ended).toBe(1);
  expect(server.output()).toContain(`  - DATABASE_URL must name the Postgres server that ${name} shares`);
});

test("of two that migrate one does it, and who came earlier to serve or to work waits for it", async () => {
  const early = await Promise.all([spawnBuiltServer(role("api")), spawnBuiltServer(role("worker"))]);
  running.push(...early);
  const migrated = await Promise.all([run("migrate"), run("migrate")]);
  expect(migrated.map(({ code }) => code)).toEqual([0, 0]);
  const words = migrated.map(({ output }) => /database (is up to date|brought up to date)/.exec(output)?.[1]);
  expect(words.sort()).toEqual(["brought up to date", "is up to date"]);
  for (const server of early) {
    await expect.poll(() => statusOf(server, "/readyz"), { timeout: 30_000 }).toBe(200);
    server.kill("SIGTERM");
  }
  expect(await Promise.all(early.map(({ ended }) => ended))).toEqual([0, 0]);
}, 90_000);

test("api serves and leaves the mail, worker sends it and has no pages", async () => {
  const api = await startBuiltServer(role("api"));
  running.push(api);
  const body = multipartBody(formParts());
  const headers = { "Content-Type": multipartType };
  const answer = await fetch(`${api.baseUrl}/api/leads`, { method: "POST", headers, body });
  expect(answer.status).toBe(201);
  expect(await mails(api)).toEqual([]);

  const worker = await startBuiltServer(role("worker"));
  running.push(worker);
  await expect.poll(() => mails(api), { timeout: 30_000 }).not.toEqual([]);
  expect(await statusOf(worker, "/livez")).toBe(200);
  expect(await statusOf(worker, "/metrics")).toBe(200);
  for (const path of ["/", "/app/leads", "/api/leads", "/dev/mailbox"])
    expect(await statusOf(worker, path), path).toBe(404);

  expect(api.output()).not.toMatch(/\/app\/setup#/);
  for (const server of [api, worker]) {
    server.kill("SIGTERM");
    expect(await server.ended, server.output()).toBe(0);
  }
});

test("setup:link prints the link that creates the first admin", async () => {
  const { code, output } = await run("setup:link");
  expect(code).toBe(0);
  expect(output).toMatch(/^http:\/\/localhost:\d+\/app\/setup#[\w-]{40,}\n$/);
});

test.each(["api", "worker", "migrate", "all in one"])(
  "%s refuses a newer database in one sentence",
  async (name) => {
    await database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ('newer', 'x', '20991231000000_newer', now(), 1) ON CONFLICT DO NOTHING`,
    );
    const server = await spawnBuiltServer({
      ...{ args: name === "all in one" ? [] : [name], dataDirectory: join(root, "newer") },
      environment: { DATABASE_URL: database.connectionString },
    });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe(
      "\nThis database belongs to a newer version of Intake: it knows 20991231000000_newer. Start that version, or restore a backup of before the upgrade.\n\n",
    );
  },
);

function statusOf({ baseUrl }: BuiltServer, path: string): Promise<number> {
  return fetch(baseUrl + path).then(
    ({ status }) => status,
    () => 0,
  );
}

async function mails({ baseUrl }: BuiltServer): Promise<unknown> {
  return (await fetch(`${baseUrl}/dev/mailbox.json`)).json();
}
