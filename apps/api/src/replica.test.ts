import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApiKey } from "@intake/core/api-keys/create-api-key";
import { leadPageSchema, leadReceiptSchema } from "@intake/core/leads/schema";
import { findWrittenUpTo } from "@intake/core/live/create-live";
import { createDatabase, type Database } from "@intake/db/database";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations } from "@intake/db/migrate";
import { openReplicas, type ReplicaRead, type Replicas } from "@intake/db/replicas";
import { startTestReplica, startTestReplicaAgain } from "@intake/db/testing-replica";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { formParts } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Instance {
  app: TestApp;
  db: Database;
  replicas: Replicas;
  /** Who answered its reads. */
  reads: ReplicaRead[];
}

let folder: string;
let primary: EmbeddedPostgres;
let replica: EmbeddedPostgres;
let here: Instance;
let there: Instance;
let leadId: string;

async function openInstance(): Promise<Instance> {
  const { connectionString } = primary;
  const db = createDatabase({ connectionString, maxConnections: 8 });
  const reads: ReplicaRead[] = [];
  const replicas = openReplicas({
    ...{ connectionStrings: [replica.connectionString], primary: db, maxConnections: 8, log },
    count: (read) => void reads.push(read),
  });
  const app = await startTestApp({ database: { db, connectionString }, replicas });
  return { app, db, replicas, reads };
}

/** One statement on the replica. */
async function onReplica(sql: string): Promise<Record<string, unknown>[]> {
  const db = createDatabase({ connectionString: replica.connectionString, maxConnections: 1 });
  const { rows } = await db.pool.query(sql).finally(() => db.close());
  return rows;
}

/** As when its machine hangs: connections are still accepted, and nobody says a word, until the answer is called. */
async function silenceReplica(): Promise<() => void> {
  const others = await onReplica("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
  const pids = [replica.pid, ...others.map(({ pid }) => Number(pid))];
  const signal = (name: "SIGSTOP" | "SIGCONT") => {
    for (const pid of pids) process.kill(pid, name);
  };
  signal("SIGSTOP");
  return () => signal("SIGCONT");
}

/** Until it shows all there is and both read from it. */
async function awaitReplica(): Promise<void> {
  const upTo = (await findWrittenUpTo(here.db)) ?? 0;
  for (const { replicas } of [here, there])
    await expect.poll(() => replicas.find(upTo), { timeout: 10_000 }).not.toBeNull();
}

async function statusSeen({ app }: Instance, token: string, headers: Record<string, string> = {}) {
  const page = await readJson(await app.call("GET", "/api/leads", { token, headers }), leadPageSchema);
  return page.items.find(({ id }) => id === leadId)?.status;
}

const change = ({ app }: Instance, token: string, status: string) =>
  app.call("PATCH", `/api/leads/${leadId}`, { token, body: { status } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "intake-replica-"));
  const primaryDirectory = join(folder, "primary");
  primary = await startEmbeddedPostgres({
    ...{ dataDirectory: primaryDirectory, log, settings: { fsync: "off" } },
  });
  const migrationsDirectory = join(import.meta.dirname, "../../../prisma/migrations");
  await applyMigrations({ connectionString: primary.connectionString, migrationsDirectory });
  replica = await startTestReplica({ primary, primaryDirectory, directory: join(folder, "replica") });
  here = await openInstance();
  there = await openInstance();
  leadId = (await readJson(await here.app.submit(formParts()), leadReceiptSchema)).id;
}, 60_000);
afterEach(async () => {
  await onReplica("SELECT pg_wal_replay_resume()").catch(() => undefined);
});
afterAll(async () => {
  for (const { app, replicas, db } of [here, there]) {
    await app.close();
    await replicas.close();
    await db.close();
  }
  await replica.stop();
  await primary.stop();
  await rm(folder, { recursive: true, force: true });
});

test("who changed something sees it on every instance; others see it as soon as the replica does", async () => {
  const changer = await here.app.signIn("ATTORNEY");
  const stranger = await there.app.signIn("ATTORNEY");
  await awaitReplica();
  expect(await statusSeen(there, stranger)).toBe("PENDING");
  await onReplica("SELECT pg_wal_replay_pause()");

  expect((await change(here, changer, "REACHED_OUT")).status).toBe(200);
  expect(await statusSeen(here, changer)).toBe("REACHED_OUT");
  expect(await statusSeen(there, changer)).toBe("REACHED_OUT");
  expect(await statusSeen(here, stranger)).toBe("PENDING");
  expect(await statusSeen(there, stranger)).toBe("PENDING");
  // One lead always comes from the primary.
  const lead = await there.app.call("GET", `/api/leads/${leadId}`, { token: stranger });
  expect(await lead.json()).toMatchObject({ status: "REACHED_OUT" });

  await onReplica("SELECT pg_wal_replay_resume()");
  await expect.poll(() => statusSeen(there, stranger), { timeout: 5_000 }).toBe("REACHED_OUT");
  there.reads.length = 0;
  await expect.poll(() => statusSeen(there, changer)).toBe("REACHED_OUT");
  expect(there.reads.at(-1)).toBe("replica");
});

test("a program that changed something by its key sees it", async () => {
  const owner = await here.app.createUser("ATTORNEY");
  const actor = { type: "user", user: { ...owner, seesResumes: true }, sessionId: owner.id } as const;
  const ctx = { ...here.app.effects, actor, requestId: null, source: null };
  const { secret: key } = await createApiKey(ctx, { name: "Reports", role: "ATTORNEY" });
  await awaitReplica();
  await onReplica("SELECT pg_wal_replay_pause()");
  await change(there, key, "PENDING");
  expect(await statusSeen(here, key)).toBe("PENDING");
});

test("who was told of a change sees it, on every instance", async () => {
  const changer = await here.app.signIn("ATTORNEY");
  const told = await here.app.signIn("ATTORNEY");
  await awaitReplica();
  const start = (await findWrittenUpTo(here.db)) ?? 0;
  const heard: number[] = [];
  const stop = there.app.live.listen(({ upTo = 0 }) => upTo > start && heard.push(upTo));
  await onReplica("SELECT pg_wal_replay_pause()");
  const before = await statusSeen(here, told);
  const after = before === "PENDING" ? "REACHED_OUT" : "PENDING";
  await change(here, changer, after);
  await expect.poll(() => heard).toHaveLength(1);
  stop();
  const upTo = String(heard[0]);
  expect(await statusSeen(here, told)).toBe(before);
  expect(await statusSeen(here, told, { "X-Intake-Heard": upTo })).toBe(after);
  expect(await statusSeen(there, told, { "X-Intake-Heard": upTo })).toBe(after);
});

test("lists, searches, numbers and exports all come from the replica", async () => {
  const token = await here.app.signIn("ADMIN");
  await awaitReplica();
  here.reads.length = 0;
  const input = (value: object) => encodeURIComponent(JSON.stringify(value));
  const asked = [
    ...["/api/leads", "/api/leads?q=avery", "/api/leads?scan=PENDING&unread=true&mail=SENT&assignee=nobody"],
    ...["/trpc/leads.totals", `/trpc/reports.office?input=${input({ days: 30 })}`, "/trpc/reports.attention"],
    ...["/trpc/views.list", `/trpc/audit.list?input=${input({ limit: 20 })}`, "/api/audit/export"],
  ];
  for (const path of asked) {
    const response = await here.app.call("GET", path, { token });
    expect([path, response.status]).toEqual([path, 200]);
    await response.text();
  }
  const exported = await here.app.call("POST", "/api/leads/export", {
    token,
    body: { selection: { kind: "matching", query: {}, except: [] }, format: "csv" },
  });
  expect(exported.headers.get("x-row-count")).toBe("1");
  await exported.text();
  expect(here.reads).toHaveLength(asked.length + 1);
  expect(new Set(here.reads)).toEqual(new Set(["replica"]));
});

test("a replica that hangs costs a reader a moment, once", async () => {
  const token = await here.app.signIn("ATTORNEY");
  await awaitReplica();
  expect(await statusSeen(here, token)).toBeDefined();
  here.reads.length = 0;
  const wake = await silenceReplica();
  try {
    const begun = Date.now();
    expect(await statusSeen(here, token)).toBeDefined();
    // 2.5 s at most, and some for a busy machine; a silent connection by itself is only given up after 20.
    expect(Date.now() - begun).toBeLessThan(6_000);
    expect(here.reads).toEqual(["replica", "failed"]);
    expect(await statusSeen(here, token)).toBeDefined();
    expect(here.reads.at(-1)).toBe("none_fit");
  } finally {
    wake();
  }
  await awaitReplica();
  expect(await statusSeen(here, token)).toBeDefined();
  expect(here.reads.at(-1)).toBe("replica");
}, 30_000);

test("a replica that falls away and comes back is no news to who reads", async () => {
  const token = await here.app.signIn("ATTORNEY");
  await awaitReplica();
  const { port } = replica;
  await replica.stop();
  here.reads.length = 0;
  expect(await statusSeen(here, token)).toBeDefined();
  expect(["failed", "none_fit"]).toContain(here.reads.at(-1));
  await expect.poll(() => here.replicas.lagSeconds()[0], { timeout: 5_000 }).toBeGreaterThan(1);
  expect(await statusSeen(here, token)).toBeDefined();
  expect(here.reads.at(-1)).toBe("none_fit");
  const metrics = await (await here.app.fetch("/metrics")).text();
  expect(Number(/^intake_replica_lag_seconds\{replica="1"\} (\S+)$/m.exec(metrics)?.[1])).toBeGreaterThan(1);

  replica = await startTestReplicaAgain({ primary, directory: join(folder, "replica"), port });
  await awaitReplica();
  expect(await statusSeen(here, token)).toBeDefined();
  expect(here.reads.at(-1)).toBe("replica");
});
