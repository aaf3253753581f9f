import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { childrenOf } from "../bench/processes";
import { query } from "./archived-postgres";
import type { DebianTools } from "./debian-tools";

/** One machine of a PostgreSQL cluster: the server that takes writes, or one that follows it. */
export interface Member {
  name: string;
  port: number;
  connectionString: string;
  /** Ends its processes at once, without a word to anybody, as SIGKILL does. */
  kill(): Promise<void>;
  /** Stops its processes where they are: connections stay open and nothing comes any more, as from a machine that is gone. */
  freeze(): Promise<void>;
  /** Makes one that followed take writes; resolves once it does. */
  promote(): Promise<void>;
}

interface MemberInput {
  tools: DebianTools;
  /** Holds the folders of all members. */
  directory: string;
  name: string;
  port: number;
}

const database = "intake";
const surroundings = { PATH: "/usr/bin:/bin", TZ: "UTC" };

/** Makes and starts the first member, which takes writes and waits for nobody. */
export async function startPrimary(input: MemberInput): Promise<Member> {
  const { tools, name } = input;
  const folder = await openFolder(input);
  await run(tools, "initdb", [
    ...["--pgdata", folder, "--username", "intake", "--auth", "trust", "--encoding", "UTF8"],
    ...["--locale", "C.UTF-8", "--data-checksums"],
  ]);
  const member = await start(input, folder);
  await query(maintenance(member), `CREATE DATABASE ${database}`);
  await query(maintenance(member), `ALTER SYSTEM SET cluster_name = '${name}'`);
  return member;
}

/**
 * Copies the primary and follows it from there. When this resolves, the primary acknowledges no commit that the new member has not on
 * its disk as well.
 */
export async function startStandby(input: MemberInput, primary: Member): Promise<Member> {
  const folder = await openFolder(input);
  await query(maintenance(primary), "CHECKPOINT");
  await run(input.tools, "pg_basebackup", [
    ...["--pgdata", folder, "--write-recovery-conf", "--checkpoint", "fast", "--wal-method", "stream"],
    ...["--dbname", `host=127.0.0.1 port=${primary.port} user=intake application_name=${input.name}`],
  ]);
  const member = await start(input, folder);
  await query(maintenance(primary), `ALTER SYSTEM SET synchronous_standby_names = '${input.name}'`);
  await query(maintenance(primary), "SELECT pg_reload_conf()");
  await until(
    maintenance(primary),
    `SELECT count(*) = 1 AS yes FROM pg_stat_replication WHERE application_name = '${input.name}' AND sync_state = 'sync'`,
    `${input.name} does not follow ${primary.name}`,
  );
  return member;
}

async function openFolder({ tools, directory, name }: MemberInput): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, tools.user.uid, tools.user.gid);
  return folder;
}

async function run(tools: DebianTools, program: string, args: string[]): Promise<void> {
  await promisify(execFile)(join(tools.postgres, program), args, {
    ...{ ...tools.user, cwd: "/", env: surroundings },
  });
}

async function start({ tools, name, port }: MemberInput, folder: string): Promise<Member> {
  // The last line counts, also after those that a copied folder brings along. Nobody follows a new member yet.
  const settings = [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    `unix_socket_directories = '${folder}'`,
  ];
  settings.push("timezone = 'UTC'", "max_connections = 200", "synchronous_standby_names = ''", "");
  await appendFile(join(folder, "postgresql.auto.conf"), settings.join("\n"));
  const server = spawn(join(tools.postgres, "postgres"), ["-D", folder], {
    ...{ ...tools.user, cwd: "/", stdio: "ignore", env: surroundings },
  });
  const pid = server.pid ?? 0;
  const ended = once(server, "exit");
  process.once("exit", () => server.kill("SIGKILL"));
  const member: Member = {
    ...{ name, port, connectionString: `postgresql://intake@127.0.0.1:${port}/${database}` },
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      await signalAll(pid, "SIGKILL");
      await ended;
    },
    freeze: () => signalAll(pid, "SIGSTOP"),
    async promote() {
      await query(maintenance(member), "SELECT pg_promote(wait => false)");
      await until(maintenance(member), "SELECT NOT pg_is_in_recovery() AS yes", `${name} takes no writes`);
    },
  };
  await until(maintenance(member), "SELECT true AS yes", `${name} did not start`);
  return member;
}

/** The processes of a server are no group: each is asked by itself, the first of them last, so that none is born meanwhile. */
async function signalAll(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, "SIGSTOP");
  for (const child of await childrenOf(pid)) process.kill(child, signal);
  process.kill(pid, signal);
}

function maintenance({ port }: Pick<Member, "port">): string {
  return `postgresql://intake@127.0.0.1:${port}/postgres`;
}

async function until(connectionString: string, sql: string, complaint: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const rows = await query<{ yes: boolean }>(connectionString, sql).catch(() => []);
    if (rows[0]?.yes === true) return;
    if (Date.now() > deadline) throw new Error(complaint);
    await delay(50);
  }
}
