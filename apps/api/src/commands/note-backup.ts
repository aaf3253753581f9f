import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BackupNote, noteBackup } from "@intake/core/operations/note-backup";
import { createDatabase } from "@intake/db/database";
import { z } from "zod";
import { newestBackup } from "../cluster/newest-backup";
import { openCluster } from "../cluster/open-cluster";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run backup:note -- --kind full --finished-at 2026-11-24T01:40:00Z [--size-bytes 73400320] [--seconds 41]
                                 writes down a backup that a provider has made (full or differential), or with
                                 restore_test the proof that one comes back
npm run backup:note -- --cluster database
                                 asks the Kubernetes it runs in for the newest backup by CloudNativePG`;

const wordsSchema = z.object({
  kind: z.enum(["full", "differential", "restore_test"]),
  "finished-at": z.iso.datetime({ offset: true }),
  "size-bytes": z.coerce.number().int().nonnegative().optional(),
  seconds: z.coerce.number().int().nonnegative().optional(),
});

async function main(): Promise<number> {
  const text = { type: "string" as const };
  const { values } = parseArgs({
    options: { cluster: text, kind: text, "finished-at": text, "size-bytes": text, seconds: text },
  });
  const note = values.cluster ? await newestBackup(openCluster(), values.cluster) : readNote(values);
  const settings = readSettings(process.env);
  const server = await openServer(settings, resolve(repository, settings.dataDirectory));
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 1 });
  try {
    const isNew = await noteBackup({ db, now: () => new Date() }, note);
    say(`${isNew ? "Written down" : "Known already"}: ${note.kind} of ${note.finishedAt.toISOString()}.`);
    return 0;
  } finally {
    await db.close();
    await server.stop();
  }
}

function readNote(values: unknown): BackupNote {
  const read = wordsSchema.safeParse(values);
  if (!read.success) throw new Error(usage);
  const { kind, "finished-at": finishedAt, "size-bytes": sizeBytes, seconds } = read.data;
  const kinds = { full: "FULL", differential: "DIFFERENTIAL", restore_test: "RESTORE_TEST" } as const;
  return { kind: kinds[kind], finishedAt: new Date(finishedAt), sizeBytes, seconds };
}

runCommand(main, usage);
