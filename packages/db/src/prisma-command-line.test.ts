import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing";

// The Prisma commands a developer types, with our engine in place of the one that Prisma would download. Each takes seconds.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../../..");
const engine = join(root, "packages/db/schema-engine/engine.mjs");
const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build/index.js");
let db: TestDatabase;
let project: string;
let url: string;

beforeAll(async () => {
  db = await createTestDatabase();
  url = `${db.connectionString}_cli`;
  project = await mkdtemp(join(tmpdir(), "intake prisma "));
  await cp(join(root, "prisma/schema.prisma"), join(project, "schema.prisma"));
  await cp(join(root, "prisma/migrations"), join(project, "migrations"), { recursive: true });
  await writeConfig(url);
});
afterAll(async () => {
  await db.pool.query(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  await db.drop();
  await rm(project, { recursive: true, force: true });
});

async function writeConfig(datasource: string): Promise<void> {
  const config = {
    schema: "schema.prisma",
    migrations: { path: "migrations" },
    datasource: { url: datasource },
  };
  await writeFile(join(project, "prisma.config.ts"), `export default ${JSON.stringify(config)};`);
}

async function run(command: string): Promise<{ code: number; output: string }> {
  const environment = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: project,
    CHECKPOINT_DISABLE: "1",
  };
  const result = promisify(execFile)(process.execPath, [prisma, ...command.split(" ")], {
    cwd: project,
    env: { ...environment, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  return result.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error) => ({ code: error.code, output: `${error.stdout}${error.stderr}` }),
  );
}

it("creates the database, deploys, and then finds nothing to do", async () => {
  expect(await run("migrate deploy")).toMatchObject({
    code: 0,
    output: expect.stringContaining("20261124000000_leads"),
  });
  expect(await run("migrate deploy")).toMatchObject({
    code: 0,
    output: expect.stringContaining("No pending migrations"),
  });
  expect(await run("migrate status")).toMatchObject({
    code: 0,
    output: expect.stringContaining("up to date"),
  });
});

it("finds no difference between migrations and schema by way of a shadow database, which it removes", async () => {
  const diff = await run("migrate diff --from-migrations migrations --to-schema schema.prisma --exit-code");
  expect(diff).toMatchObject({ code: 0, output: expect.stringContaining("No difference detected") });
  const { rows } = await db.pool.query(
    "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_shadow_%'",
  );
  expect(rows).toEqual([]);
});

it("writes and applies a new migration", async () => {
  const schema = await readFile(join(project, "schema.prisma"), "utf8");
  await writeFile(
    join(project, "schema.prisma"),
    schema.replace("model User {", "model User {\n  nickname String?"),
  );
  expect(
    await run("migrate diff --from-config-datasource --to-schema schema.prisma --exit-code --script"),
  ).toEqual({
    code: 2,
    output: expect.stringContaining('ALTER TABLE "users" ADD COLUMN     "nickname" TEXT;'),
  });
  expect(await run("migrate dev --create-only --name nickname")).toMatchObject({ code: 0 });
  const name =
    (await readdir(join(project, "migrations"))).find((entry) => entry.endsWith("_nickname")) ?? "";
  expect(await readFile(join(project, "migrations", name, "migration.sql"), "utf8")).toContain(
    'ADD COLUMN     "nickname"',
  );
  expect(await run("migrate status")).toMatchObject({ code: 1, output: expect.stringContaining(name) });
  expect(await run("migrate deploy")).toMatchObject({ code: 0, output: expect.stringContaining(name) });
});

it("reports a database that is away with Prisma's own code", async () => {
  const away = new URL(url);
  away.port = "1";
  await writeConfig(away.href);
  expect(await run("migrate status")).toMatchObject({ code: 1, output: expect.stringContaining("P1001") });
  await writeConfig(url);
});
