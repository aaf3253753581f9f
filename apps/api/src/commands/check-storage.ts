import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkStorage, type StorageReport } from "@intake/core/resumes/check-storage";
import { formatBytes } from "@intake/core/resumes/schema";
import { sweepOrphans } from "@intake/core/resumes/sweep-orphans";
import { createDatabase } from "@intake/db/database";
import { createLog } from "../log";
import { openMasterKeys, openStorage } from "../start/open-storage";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run storage:check               compares leads and stored files, changes nothing
npm run storage:check -- --delete   … and removes files older than a day that no lead names`;

/** The process exit code: 1 when a lead lacks its file. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { delete: { type: "boolean", default: false } } });
  const settings = readSettings(process.env);
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const server = await openServer(settings, dataDirectory);
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 2 });
  try {
    const log = createLog("warn");
    const masterKeys = await openMasterKeys({ ...settings, dataDirectory });
    const ctx = {
      db,
      storage: await openStorage({ ...settings, dataDirectory }, { masterKeys, log }),
      log,
      now: () => new Date(),
      actor: { type: "system" as const, job: "storage.check" },
      requestId: null,
      source: null,
    };
    const report = await checkStorage(ctx);
    tell(report);
    if (values.delete) say(`Files removed: ${(await sweepOrphans(ctx, { dryRun: false })).orphans}.`);
    return report.missing.length > 0 ? 1 : 0;
  } finally {
    await db.close();
    await server.stop();
  }
}

function tell({ rows, objects, missing, orphans }: StorageReport): void {
  for (const { leadId, resumeId, storageKey } of missing)
    say(`Missing: ${storageKey}, resume ${resumeId} of lead ${leadId}`);
  for (const { key, sizeBytes, isOld } of orphans)
    say(`Without a lead: ${key}, ${formatBytes(sizeBytes)}${isOld ? "" : ", younger than a day"}`);
  const old = orphans.filter(({ isOld }) => isOld).length;
  say(`In the database: ${rows} resumes. In storage: ${objects} files.`);
  say(
    `Resumes without a file: ${missing.length}. Files without a resume: ${orphans.length}, older than a day: ${old}.`,
  );
}

runCommand(main, usage);
