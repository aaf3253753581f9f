import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres";
import { applyMigrations } from "./migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server of this test run, and the migrated database that every test's own is cloned from. */
    testServer: { connectionString: string; template: string };
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
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query(`CREATE DATABASE ${template}`);
  await client.end();
  await applyMigrations({ connectionString: templateUrl.href, migrationsDirectory });
  project.provide("testServer", { connectionString: server.connectionString, template });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    dismissGuard();
  };
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
