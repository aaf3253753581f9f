import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates } from "node:tls";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newestBackup } from "./newest-backup";
import { type Cluster, openCluster } from "./open-cluster";
import { restoreBeside } from "./restore-beside";

/** What the API server holds, by its path in the namespace. */
const objects = new Map<string, unknown>();
const asked: string[] = [];
/** How often a new cluster is looked at before its instance is ready. */
let slowness = 2;

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = request.url?.replace("/apis/postgresql.cnpg.io/v1/namespaces/intake/", "") ?? "";
  asked.push(`${request.method} ${path}`);
  const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
  if (request.headers.authorization !== "Bearer a-token") return answer(403, { message: "who are you" });
  if (request.method === "POST") {
    const made = JSON.parse(Buffer.concat(chunks).toString());
    objects.set(`clusters/${made.metadata.name}`, { ...made, looks: 0 });
    return answer(201, made);
  }
  const found = objects.get(path) as { looks?: number; status?: object } | undefined;
  if (!found) return answer(404, { message: "not found" });
  if (request.method === "DELETE") objects.delete(path);
  else if (found.looks !== undefined && ++found.looks > slowness) found.status = { readyInstances: 1 };
  return answer(200, found);
});

let account: string;
let cluster: Cluster;
beforeAll(async () => {
  account = await mkdtemp(join(tmpdir(), "intake-account-"));
  const [certificate = ""] = getCACertificates();
  const files = { token: "a-token\n", namespace: "intake", "ca.crt": certificate };
  for (const [name, content] of Object.entries(files)) await writeFile(join(account, name), content);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  cluster = openCluster({ account, server: `http://127.0.0.1:${address.port}` });
});
afterAll(async () => {
  server.close();
  await rm(account, { recursive: true });
});

const store = { destinationPath: "s3://intake-backups/database" };
const database = {
  metadata: { name: "database", uid: "1" },
  spec: {
    instances: 3,
    imageName: "postgresql:17",
    storage: { size: "100Gi" },
    postgresql: { parameters: { max_connections: "300" }, synchronous: { method: "any", number: 1 } },
    backup: { retentionPolicy: "7d", barmanObjectStore: store },
  },
};
beforeEach(() => {
  objects.clear();
  asked.length = 0;
  slowness = 2;
  objects.set("clusters/database", database);
});
const input = { database: "database", pauseMs: 5, mostMinutes: 1 };

test("a database is restored beside itself from its own archive, used once it is ready, and taken away", async () => {
  // What a proof that was killed has left.
  objects.set("clusters/database-proof", {});
  let seen: unknown;
  await restoreBeside(cluster, input, async () => {
    seen = objects.get("clusters/database-proof");
  });
  expect(seen).toMatchObject({
    kind: "Cluster",
    spec: {
      ...{ instances: 1, imageName: "postgresql:17", storage: { size: "100Gi" } },
      postgresql: { parameters: { max_connections: "300" } },
      bootstrap: { recovery: { source: "database" } },
      externalClusters: [{ name: "database", barmanObjectStore: { ...store, serverName: "database" } }],
    },
  });
  // It must never write into the archive it came from, nor wait for a standby.
  expect(JSON.stringify(seen)).not.toMatch(/"backup"|synchronous/);
  expect([...objects.keys()]).toEqual(["clusters/database"]);
});

test("it is taken away too when it never comes up, or what came back is wrong", async () => {
  slowness = Number.POSITIVE_INFINITY;
  await expect(restoreBeside(cluster, { ...input, mostMinutes: 0 }, async () => undefined)).rejects.toThrow(
    "The database did not come back within 0 minutes",
  );
  slowness = 0;
  const wrong = async () => {
    throw new Error("two leads are missing");
  };
  await expect(restoreBeside(cluster, input, wrong)).rejects.toThrow("two leads are missing");
  expect([...objects.keys()]).toEqual(["clusters/database"]);
});

test("a database without backups is not proven, and nothing is made", async () => {
  objects.set("clusters/database", { ...database, spec: { ...database.spec, backup: undefined } });
  await expect(restoreBeside(cluster, input, async () => undefined)).rejects.toThrow(
    "nothing to restore from",
  );
  expect(asked).toEqual(["GET clusters/database"]);
});

test("the newest backup is the last that was finished, of this database", async () => {
  const of = (name: string, status?: object) => ({ spec: { cluster: { name } }, status });
  const done = (day: string) => ({
    ...{ phase: "completed", startedAt: `2026-11-${day}T01:30:00Z`, stoppedAt: `2026-11-${day}T01:30:41Z` },
  });
  await expect(newestBackup(cluster, "database")).rejects.toThrow("no finished backup of database");
  objects.set("backups", {
    items: [
      of("database", done("23")),
      of("database", done("24")),
      of("database", { phase: "failed", error: "no room" }),
      of("database", { ...done("25"), phase: "running" }),
      of("database"),
      of("other", done("26")),
    ],
  });
  expect(await newestBackup(cluster, "database")).toEqual({
    ...{ kind: "FULL", seconds: 41, finishedAt: new Date("2026-11-24T01:30:41Z") },
  });
});

test("a refusal is told in the cluster's own words, and outside of one there is a sentence", async () => {
  await writeFile(join(account, "token"), "another");
  await expect(cluster.ask("GET", "backups")).rejects.toThrow(
    "The cluster answered 403 to GET backups: who are you",
  );
  expect(() => openCluster({ account: "/nowhere", server: "" })).toThrow("This runs in a cluster only");
});
