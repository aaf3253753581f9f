import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import type { DebianTools } from "./debian-tools";

/** A PostgreSQL whose log goes to an encrypted pgBackRest repository, as docker/pgbackrest.conf keeps the office's. */
export interface ArchivedPostgres {
  connectionString: string;
  cluster: string;
  start(): Promise<void>;
  /** Ends the server at once and hard, as a lost machine would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Runs pgBackRest, for example `backup --type=full`. */
  backrest(...args: string[]): Promise<string>;
}

interface ArchivedPostgresInput {
  tools: DebianTools;
  directory: string;
  port: number;
  /** Seconds after which a log segment is archived even when it is not full. */
  archiveSeconds: number;
  cipherPass: string;
}

const database = "intake";

/** Makes the cluster and its repository; the server runs when this resolves. */
export async function createArchivedPostgres(input: ArchivedPostgresInput): Promise<ArchivedPostgres> {
  const { tools, directory, port } = input;
  const cluster = join(directory, "cluster");
  const configuration = join(directory, "pgbackrest.conf");
  const run = (program: string, args: string[]) =>
    promisify(execFile)(program, args, {
      ...tools.user,
      cwd: directory,
      env: { PATH: "/usr/bin:/bin", TZ: "UTC" },
    });
  const backrest = async (...args: string[]) =>
    (await run(tools.pgbackrest, [`--config=${configuration}`, "--stanza=intake", ...args])).stdout;

  for (const folder of ["", "repository", "log", "lock", "spool"]) {
    await mkdir(join(directory, folder), { recursive: true, mode: 0o700 });
    await chown(join(directory, folder), tools.user.uid, tools.user.gid);
  }
  await writeFile(configuration, configurationOf(input, cluster), { mode: 0o600 });
  await chown(configuration, tools.user.uid, tools.user.gid);
  await run(join(tools.postgres, "initdb"), [
    ...["--pgdata", cluster, "--username", "intake", "--auth", "trust", "--encoding", "UTF8"],
    ...["--locale", "C.UTF-8", "--data-checksums"],
  ]);
  await writeFile(
    join(cluster, "postgresql.auto.conf"),
    [
      ...[`port = ${port}`, "listen_addresses = '127.0.0.1'", `unix_socket_directories = '${directory}'`],
      ...["archive_mode = on", `archive_timeout = ${input.archiveSeconds}`, "timezone = 'UTC'"],
      `archive_command = '${tools.pgbackrest} --config=${configuration} --stanza=intake archive-push %p'`,
      "",
    ].join("\n"),
  );

  let server: ReturnType<typeof spawn> | undefined;
  const connectionString = `postgresql://intake@127.0.0.1:${port}/${database}`;
  const maintenance = `postgresql://intake@127.0.0.1:${port}/postgres`;
  const end = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  const postgres: ArchivedPostgres = {
    connectionString,
    cluster,
    backrest,
    async start() {
      server = spawn(join(tools.postgres, "postgres"), ["-D", cluster], {
        ...tools.user,
        cwd: directory,
        stdio: "ignore",
        env: { PATH: "/usr/bin:/bin", TZ: "UTC" },
      });
      await until(
        () => answers(maintenance, "SELECT NOT pg_is_in_recovery() AS yes"),
        "PostgreSQL did not start",
      );
    },
    kill: () => end("SIGQUIT"),
    stop: () => end("SIGINT"),
  };
  await postgres.start();
  await query(maintenance, `CREATE DATABASE ${database}`);
  await backrest("stanza-create");
  await backrest("check");
  return postgres;
}

function configurationOf({ directory, port, cipherPass }: ArchivedPostgresInput, cluster: string): string {
  return `[global]
repo1-path=${directory}/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${cipherPass}
repo1-retention-full-type=time
repo1-retention-full=7
start-fast=y
compress-type=zst
log-path=${directory}/log
log-level-console=warn
lock-path=${directory}/lock
spool-path=${directory}/spool

[intake]
pg1-path=${cluster}
pg1-port=${port}
pg1-socket-path=${directory}
pg1-user=intake
`;
}

/** Rows of one statement over a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function answers(connectionString: string, sql: string): Promise<boolean> {
  return query<{ yes: boolean }>(connectionString, sql).then(
    (rows) => rows[0]?.yes === true,
    () => false,
  );
}

async function until(isSo: () => Promise<boolean>, complaint: string): Promise<void> {
  const deadline = Date.now() + 600_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(complaint);
    await delay(50);
  }
}
