import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { createDatabase, type Database } from "@intake/db/database";
import { isAlive } from "@intake/db/embedded/postmaster";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations } from "@intake/db/migrate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formParts } from "./testing/multipart";
import { readPage } from "./testing/plain-pages";
import { readJson, readProblem } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

/** An answer to a fault: calm, with a time to come back, and never a 500 (security rule 13). */
async function expectUnavailable(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await readProblem(response, 503)).code).toBe("SERVICE_UNAVAILABLE");
}

describe("with the database away", () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let db: Database;
  let app: TestApp;
  let token: string;
  let receiptPath: string;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const startPostgres = (port?: number) =>
    startEmbeddedPostgres({
      dataDirectory: folder,
      log,
      settings: { fsync: "off" },
      ...(port ? { port } : {}),
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "intake-faults-"));
    postgres = await startPostgres();
    const { connectionString } = postgres;
    await applyMigrations({
      connectionString,
      migrationsDirectory: join(import.meta.dirname, "../../../prisma/migrations"),
    });
    db = createDatabase({ connectionString, maxConnections: 10 });
    app = await startTestApp({ database: { db, connectionString }, isRateLimited: true });
    token = await app.signIn("ATTORNEY");
    const receipt = await readJson(await app.submit(formParts()), leadReceiptSchema);
    receiptPath = new URL(receipt.receiptUrl).pathname;
  });
  afterAll(async () => {
    await app.close();
    await db.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("the form stays readable, everything else says when to come back, and all is well without a restart", async () => {
    await postgres.stop();

    expect((await app.fetch("/livez")).status).toBe(200);
    const page = await app.fetch("/");
    expect([page.status, readPage(await page.text()).name]).toEqual([200, "form"]);
    const ready = await app.fetch("/readyz");
    expect(ready.status).toBe(503);
    expect(Number(ready.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await ready.json()).toEqual({
      status: "not ready",
      checks: { database: "away", storage: "ok", queue: "away" },
    });

    await expectUnavailable(app.submit(formParts()));
    await expectUnavailable(app.call("GET", "/api/leads", { token }));
    await expectUnavailable(
      app.call("POST", "/api/auth/login", { body: { email: "a@b.org", password: "x" } }),
    );
    const procedure = await app.call("GET", "/trpc/leads.totals", { token });
    expect([procedure.status, Number(procedure.headers.get("retry-after")) > 0]).toEqual([503, true]);
    const again = await app.submit(formParts(), { Accept: "text/html" });
    expect(again.status).toBe(503);
    expect(readPage(await again.text())).toMatchObject({
      name: "form",
      props: { formError: expect.stringMatching(/try again/) },
    });
    const receipt = await app.fetch(receiptPath);
    expect(receipt.status).toBe(503);
    expect(readPage(await receipt.text())).toMatchObject({
      name: "unavailable",
      props: { kind: "unavailable" },
    });
    expect((await app.fetch("/metrics")).status).toBe(200);
    expect(await app.spooled()).toEqual([]);

    postgres = await startPostgres(postgres.port);
    await expect.poll(async () => (await app.fetch("/readyz")).status, { timeout: 30_000 }).toBe(200);
    expect((await app.submit(formParts())).status).toBe(201);
    expect((await app.call("GET", "/api/leads", { token })).status).toBe(200);
    // Not one stored object more than leads: what was refused was refused whole, or is an orphan that the sweeper knows.
    expect(await app.countLeads()).toBe(2);
    expect(await app.countObjects()).toBe(2);
  });

  test("a database that crashes under way is survived", async () => {
    const answers = Array.from({ length: 10 }, (_, index) =>
      app.submit(formParts({ email: `x${index}@y.org` })),
    );
    process.kill(postgres.pid, "SIGQUIT");
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    await expect.poll(() => isAlive(postgres.pid)).toBe(false);
    await postgres.stop();
    postgres = await startPostgres(postgres.port);
    await expect.poll(async () => (await app.submit(formParts())).status, { timeout: 30_000 }).toBe(201);
    const acknowledged = statuses.filter((status) => status === 201).length;
    expect(await app.countLeads()).toBeGreaterThanOrEqual(2 + acknowledged + 1);
  });

  test("a database that is slow sheds what it cannot take, and no answer hangs", async () => {
    const blocker = await db.pool.connect();
    await blocker.query("BEGIN");
    await blocker.query("LOCK TABLE leads IN ACCESS EXCLUSIVE MODE");
    const before = await blocker.query("SELECT count(*)::int AS count FROM leads");
    // More than the pool has: the rest must be told to come back instead of waiting without end.
    const answers = Array.from({ length: 15 }, () => app.call("GET", "/api/leads", { token }));
    const first = await Promise.race(answers);
    expect(first.status).toBe(503);
    expect((await app.fetch("/livez")).status).toBe(200);
    await blocker.query("ROLLBACK");
    blocker.release();
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(await app.countLeads()).toBe(before.rows[0]?.count);
  });
});

describe("with a disk away", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  test.each([
    ["storage", () => app.storageDirectory],
    ["spool", () => app.spoolDirectory],
  ])(
    "a submission that meets no %s is 503, stores nothing, and works again later",
    async (name, directory) => {
      const before = await app.countLeads();
      await rename(directory(), `${directory()}-away`).catch(() => undefined);
      // A file in the place of the folder: root may write everywhere, but not below a file.
      await writeFile(directory(), "");
      const large = formParts({}, { value: Buffer.alloc(4 * 1024 * 1024, "x") });
      await expectUnavailable(app.submit(name === "spool" ? large : formParts()));
      // Small files need no spool.
      const taken = name === "spool" ? 1 : 0;
      if (taken) expect((await app.submit(formParts())).status).toBe(201);
      else await expectUnavailable(app.submit(formParts()));
      expect(await app.countLeads()).toBe(before + taken);
      if (name === "storage") {
        const ready = await app.fetch("/readyz");
        expect(await ready.json()).toMatchObject({ checks: { storage: "away", database: "ok" } });
      }

      await rm(directory());
      await rename(`${directory()}-away`, directory()).catch(() => undefined);
      expect((await app.submit(formParts())).status).toBe(201);
      expect(await app.spooled()).toEqual([]);
      expect(await app.countObjects()).toBe(before + taken + 1);
    },
  );
});
