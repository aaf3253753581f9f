import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openAppLogin } from "./app-login";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres";
import { applyMigrations } from "./migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server of this test run, as its owner and as the product, and the migrated database that every test's own is cloned from. */
    testServer: { connectionString: string; appConnectionString: string; template: string };
  }
}

const template = "intake_template";
const migrationsDirectory = join(import.meta.dirname, "../../../prisma/migrations");

/** Vitest's global set-up: one server for the whole run, in a temporary folder, migrated once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "intake-test-server-"));
  const dismissGuard = guardAgainstCrash(folder);
  const server = await startEmbeddedPostgres({
    dataDirectory: folder,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
    },
    // Durability costs most of a test's time, and these data are thrown away.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const templateUrl = new URL(server.connectionString);
  templateUrl.pathname = `/${template}`;
  await runOnServer(server.connectionString, `CREATE DATABASE ${template}`);
  await applyMigrations({ connectionString: templateUrl.href, migrationsDirectory });
  const appConnectionString = await openAppLogin(templateUrl.href);
  project.provide("testServer", {
    connectionString: server.connectionString,
    appConnectionString,
    template,
  });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    dismissGuard();
  };
}

/** One statement as the owner, on a connection of its own. */
export async function runOnServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A shell that waits for our end, however it comes, and then stops the server. Returns how to send it home. */
function guardAgainstCrash(folder: string): () => void {
  const script =
    'read _; kill -QUIT "$(head -n 1 "$0/cluster/postmaster.pid")" 2>/dev/null; sleep 1; rm -rf "$0"';
  const guard = spawn("/bin/sh", ["-c", script, folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return () => guard.kill("SIGKILL");
}
