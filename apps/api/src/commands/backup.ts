import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findOrStartEmbeddedPostgres } from "@intake/db/embedded/find-embedded-postgres";
import { makeBackup } from "../backup/make-backup";
import { readSettings } from "../start/settings";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run backup                    writes intake-backup-<time>.tar.gz into the current folder, while Intake serves
npm run backup -- FILE            … or this file
npm run backup -- --without-keys  … without the keys: keep auth-secret and master-key of the data folder yourself`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "without-keys": { type: "boolean", default: false } },
  });
  const settings = readSettings(process.env);
  if (settings.databaseUrl)
    throw new Error(
      "This installation uses a database of its own server (DATABASE_URL). Back that up with pgBackRest, see docs/operations.md.",
    );
  const name = `intake-backup-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}Z.tar.gz`;
  const target = resolve(process.env.INIT_CWD ?? ".", positionals[0] ?? name);
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const server = await findOrStartEmbeddedPostgres(join(dataDirectory, "postgres"));
  try {
    const withKeys = !values["without-keys"];
    const { connectionString } = server;
    const { leads, files } = await makeBackup({
      dataDirectory,
      connectionString,
      target,
      withKeys,
      now: () => new Date(),
    });
    say(`Backed up ${leads} leads and ${files} files to ${target}.`);
    if (settings.storage.kind !== "disk")
      say(`The resumes themselves lie in ${settings.storage.kind}: keep their versions there.`);
    say(
      withKeys
        ? "It holds the keys to everything in it: keep it where you would keep those."
        : "It does not hold the keys. Without auth-secret and master-key of the data folder no resume in it can be read.",
    );
    return 0;
  } finally {
    await server.stop();
  }
}

runCommand(main, usage);
