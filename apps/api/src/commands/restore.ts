import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { restoreBackup } from "../backup/restore-backup";
import { readSettings } from "../start/settings";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run restore -- FILE            makes an empty data folder out of a backup
npm run restore -- FILE --replace  … and puts what is there aside first`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (!file) throw Object.assign(new TypeError("Which backup?"), { code: "ERR_MISSING_ARGS" });
  const { dataDirectory } = readSettings(process.env);
  const restored = await restoreBackup({
    archive: resolve(process.env.INIT_CWD ?? ".", file),
    dataDirectory: resolve(repository, dataDirectory),
    replaces: values.replace,
    migrationsDirectory: resolve(repository, "prisma/migrations"),
    now: new Date(),
  });
  const { manifest, leads, files, missing, aside } = restored;
  say(`Restored ${leads} leads and ${files} files as they were at ${manifest.takenAt}.`);
  if (aside) say(`What was here before is in ${aside}.`);
  if (!manifest.hasKeys)
    say(
      "This backup came without keys: put auth-secret and master-key back into the data folder before you start Intake.",
    );
  if (missing > 0) say(`${missing} resumes lack their file: npm run storage:check names them.`);
  return missing > 0 ? 1 : 0;
}

runCommand(main, usage);
