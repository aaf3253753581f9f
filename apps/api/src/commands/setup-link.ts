import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { hasAnyUser, issueSetupToken } from "@intake/core/auth/first-admin";
import { createDatabase } from "@intake/db/database";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage =
  "npm run setup:link   prints a one-time link that creates the first admin; earlier links stop working";

/** The process exit code: 1 when somebody is here already. */
async function main(): Promise<number> {
  parseArgs();
  const settings = readSettings(process.env);
  const server = await openServer(settings, resolve(repository, settings.dataDirectory));
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 2 });
  try {
    const ctx = { db, now: () => new Date() };
    if (await hasAnyUser(ctx)) {
      say("There is an admin already. Sign in, or ask for an invitation.");
      return 1;
    }
    say(`${settings.publicUrl}/app/setup#${await issueSetupToken(ctx)}`);
    return 0;
  } finally {
    await db.close();
    await server.stop();
  }
}

runCommand(main, usage);
