import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DataInUseError } from "./ownership";
import { isAlive, stopServer } from "./postmaster";
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from "./start-embedded-postgres";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
// Real servers, started one after another.
vi.setConfig({ testTimeout: 90_000 });

const isRoot = process.getuid?.() === 0;

let parent: string;
let dataDirectory: string;
let servers: EmbeddedPostgres[];
let processes: ChildProcess[];
let leftServers: number[];
/** A stopped server's folder, to copy where the first start is not what the test is about. */
let prepared: string;

beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), "intake-prepared-"));
  await (await startEmbeddedPostgres({ dataDirectory: prepared, log: quiet })).stop();
});
afterAll(() => rm(prepared, { recursive: true, force: true }));

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "intake embedded "));
  dataDirectory = join(parent, "data folder");
  servers = [];
  processes = [];
  leftServers = [];
});
afterEach(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await Promise.all([
    ...servers.map((server) => server.stop()),
    ...leftServers.map((pid) => stopServer(pid)),
  ]);
  await rm(parent, { recursive: true, force: true });
});

const copyPrepared = () => cp(prepared, dataDirectory, { recursive: true });

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDirectory, log: quiet, ...options });
  servers.push(server);
  return server;
}

/** Starts the server from a process of its own, which then waits to be killed. */
async function startElsewhere(): Promise<{
  child: ChildProcess;
  server: { pid: number; connectionString: string };
}> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "start-embedded-postgres.ts"))};
    const log = { info() {}, warn() {}, error() {} };
    const server = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)}, log });
    console.log(JSON.stringify({ pid: server.pid, connectionString: server.connectionString }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const server = JSON.parse(line);
  leftServers.push(server.pid);
  return { child, server };
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

describe("an embedded server", () => {
  it("keeps its data over a restart, in a path with spaces, and is gone after stop()", async () => {
    const said: string[] = [];
    const first = await start({ onProgress: (message) => said.push(message) });
    expect(said).toEqual(["Preparing the database", "Starting the database"]);
    await query(first.connectionString, "CREATE TABLE kept AS SELECT 'é' AS value");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(await query(second.connectionString, "SELECT value FROM kept")).toEqual([{ value: "é" }]);
  });

  it("stops in an orderly way although clients are connected and busy", async () => {
    await copyPrepared();
    const server = await start();
    const busy = query(server.connectionString, "SELECT pg_sleep(60)").catch((error) => error.code);
    await expect
      .poll(() => query(server.connectionString, "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
      .toHaveLength(1);
    await server.stop();
    // The fast shutdown's own code: it did not have to be forced after 5 seconds.
    expect(await busy).toBe("57P01");
  });

  it("says so when a fixed port is taken", async () => {
    await copyPrepared();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(/Address already in use/);
    other.close();
  });

  it("shows what the server said when it cannot start", async () => {
    await copyPrepared();
    await expect(start({ settings: { shared_buffers: "nonsense" } })).rejects.toThrow(/shared_buffers/);
  });
});

describe("a running server", () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let connectionString: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "intake-running-"));
    await cp(prepared, folder, { recursive: true });
    server = await startEmbeddedPostgres({ dataDirectory: folder, log: quiet });
    connectionString = server.connectionString;
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("lets in only who knows the password, which only we can read, and only on this machine", async () => {
    expect((await stat(join(folder, "password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "cluster"))).mode & 0o777).toBe(0o700);
    const wrong = connectionString.replace(/:[^:@]+@/, ":wrong@");
    await expect(query(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    const settings = await query(
      connectionString,
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync', 'server_encoding') ORDER BY name",
    );
    expect(settings.map((row) => row.setting)).toEqual(["on", "127.0.0.1", "UTF8", ""]);
    const hba = await query(connectionString, "SELECT DISTINCT auth_method FROM pg_hba_file_rules");
    expect(hba).toEqual([{ auth_method: "scram-sha-256" }]);
  });

  it("can sort by the rules of a language and change the case of any script", async () => {
    expect(
      await query(connectionString, `SELECT 'a' < 'B' COLLATE "und-x-icu" AS sorts, lower('ÄЖ') AS lowered`),
    ).toEqual([{ sorts: true, lowered: "äж" }]);
  });

  it("leads a process group of its own, so that Ctrl-C in a terminal does not reach it", async () => {
    const fields = (await readFile(`/proc/${server.pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
    expect(Number(fields[2])).toBe(server.pid);
  });
});

describe("after a hard end", () => {
  it("stops the server that a killed process left behind and finds its data", async () => {
    await copyPrepared();
    const { child, server } = await startElsewhere();
    await query(server.connectionString, "CREATE TABLE kept AS SELECT 1 AS value");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(server.pid)).toBe(true);
    const next = await start();
    expect(isAlive(server.pid)).toBe(false);
    expect(await query(next.connectionString, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
  });

  it("recovers when server and process were both killed", async () => {
    await copyPrepared();
    const { child, server } = await startElsewhere();
    await query(server.connectionString, "CREATE TABLE kept AS SELECT 1 AS value");
    child.kill("SIGKILL");
    process.kill(server.pid, "SIGKILL");
    await expect.poll(() => isAlive(server.pid)).toBe(false);
    const next = await start();
    expect(await query(next.connectionString, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
  });

  it("takes away a lock file whose process number belongs to something else by now", async () => {
    await copyPrepared();
    const server = await start();
    const lockFile = join(dataDirectory, "cluster", "postmaster.pid");
    const lock = await readFile(lockFile, "utf8");
    await server.stop();
    await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)));
    const next = await start();
    expect(await query(next.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("starts over when the first initialisation was killed half-way", async () => {
    await mkdir(join(dataDirectory, "initialising-x", "cluster"), { recursive: true });
    await writeFile(join(dataDirectory, "initialising-x", "cluster", "PG_VERSION"), "18");
    const server = await start();
    expect(await query(server.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("two at once", () => {
  it("refuses a folder that another live process uses, and leaves its server alone", async () => {
    await copyPrepared();
    const { server } = await startElsewhere();
    await expect(start()).rejects.toBeInstanceOf(DataInUseError);
    expect(await query(server.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("lets exactly one of several first starts at the same moment win", async () => {
    const results = await Promise.allSettled([start(), start(), start()]);
    const won = results.filter((result) => result.status === "fulfilled");
    const lost = results.filter((result) => result.status === "rejected").map((result) => result.reason);
    expect(won).toHaveLength(1);
    for (const reason of lost) expect(reason).toBeInstanceOf(DataInUseError);
    const [server] = servers;
    expect(await query(server?.connectionString ?? "", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe.runIf(isRoot)("as root", () => {
  it("runs as an ordinary account, also below a folder that only root may enter", async () => {
    await chmod(parent, 0o700);
    const server = await start();
    const owner = await stat(`/proc/${server.pid}`);
    expect(owner.uid).not.toBe(0);
    expect((await stat(join(dataDirectory, "cluster"))).uid).toBe(owner.uid);
    await query(server.connectionString, "CREATE TABLE kept AS SELECT g FROM generate_series(1, 1000) g");
    await server.stop();
    const next = await start();
    expect(await query(next.connectionString, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 1000 }]);
  });
});
