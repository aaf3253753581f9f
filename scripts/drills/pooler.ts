import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { chooseServerUser } from "@intake/db/embedded/server-user";
import { findFreePort } from "../bench/processes";
import { query } from "./archived-postgres";

/** PgBouncer in front of a PostgreSQL, with the settings of docker/pgbouncer.ini. */
export interface Pooler {
  connectionString: string;
  /** Connections of the product, and those to PostgreSQL that they share. */
  countConnections(): Promise<{ clients: number; servers: number }>;
  stop(): Promise<void>;
}

const program = "/usr/sbin/pgbouncer";
const example = resolve(import.meta.dirname, "../../docker/pgbouncer.ini");
/** Few, so that they are really shared. */
const serverConnections = 10;

/** Starts it for the login and the database of `server`. Installs it when it is missing and that is possible; throws a sentence when not. */
export async function startPooler({
  server,
  directory,
}: {
  server: string;
  directory: string;
}): Promise<Pooler> {
  if (!existsSync(program)) install();
  const { hostname, port, username, password, pathname } = new URL(server);
  const ownPort = await findFreePort();
  const user = await chooseServerUser(directory);
  const configuration = join(directory, "pgbouncer.ini");
  const users = join(directory, "userlist.txt");
  await mkdir(directory, { mode: 0o700 });
  await writeFile(users, `"${username}" "${password}"\n`);
  await writeFile(
    configuration,
    `${(await readFile(example, "utf8"))
      .replace("host=database port=5432", `host=${hostname} port=${port}`)
      .replace("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1\nunix_socket_dir =")
      .replace("listen_port = 6432", `listen_port = ${ownPort}`)
      .replace("default_pool_size = 20", `default_pool_size = ${serverConnections}`)
      .replace("/etc/pgbouncer/userlist.txt", users)}stats_users = ${username}\n`,
  );
  if (user) for (const path of [directory, configuration, users]) await chown(path, user.uid, user.gid);
  const child = spawn(program, [configuration], {
    cwd: directory,
    ...user,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-3_000);
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const addressOf = (database: string) =>
    `postgresql://${username}:${password}@127.0.0.1:${ownPort}/${database}`;
  const connectionString = addressOf(pathname.slice(1));
  const deadline = Date.now() + 10_000;
  while (!(await query(connectionString, "SELECT 1").catch(() => null))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`PgBouncer did not start:\n${said}`);
    await delay(50);
  }
  return {
    connectionString,
    async countConnections() {
      const rows = await query<Record<string, string>>(addressOf("pgbouncer"), "SHOW POOLS");
      const own = rows.filter((row) => row.user === username && row.database === pathname.slice(1));
      const sumOf = (...columns: string[]) =>
        own.reduce((sum, row) => sum + columns.reduce((all, name) => all + Number(row[name] ?? 0), 0), 0);
      return {
        clients: sumOf("cl_active", "cl_waiting"),
        servers: sumOf("sv_active", "sv_idle", "sv_used", "sv_tested"),
      };
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new Error("This drill needs PgBouncer: install the package pgbouncer.");
  execFileSync("/bin/sh", ["-c", "apt-get update && apt-get install -y --no-install-recommends pgbouncer"], {
    stdio: "ignore",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (!existsSync(program)) throw new Error("PgBouncer could not be installed.");
}
