import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createKeyring } from "@intake/core/keyring";
import {
  countFilesByKey,
  countOutdatedFiles,
  type RekeyReport,
  rekeyResumes,
} from "@intake/core/resumes/rekey-resumes";
import {
  countOutdatedAuthenticators,
  resealAuthenticators,
} from "@intake/core/second-factor/reseal-authenticators";
import { createDatabase } from "@intake/db/database";
import { createSecretBox } from "@intake/storage/encryption/secret-box";
import { createLog } from "../log";
import { readOwnSecret } from "../start/data-directory";
import { openMasterKeys, openStorage } from "../start/open-storage";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run keys:rotate               brings every file and secret under the current master key, while Intake serves
npm run keys:rotate -- --dry-run  … only says how many are under another`;

type Context = Awaited<ReturnType<typeof openContext>>["ctx"];

/** The process exit code: 1 when a file stays under its old key. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
  const { ctx, close } = await openContext();
  try {
    const outdated = {
      files: await countOutdatedFiles(ctx),
      secrets: await countOutdatedAuthenticators(ctx),
    };
    say(`Current key: ${ctx.storage.keyName}. Under another, or in plain: ${counted(outdated)}.`);
    if (values["dry-run"]) return 0;
    const secrets = await resealAuthenticators(ctx);
    const report = await rekeyResumes(ctx, {
      onProgress: (done) => say(`${done} of ${outdated.files} files`),
    });
    for (const { resumeId, leadId, reason } of report.unreadable)
      say(`Left as it is: resume ${resumeId} of lead ${leadId}: ${reason}`);
    say(`Brought under the current key: ${counted({ files: report.files, secrets })}.`);
    await tellRest(ctx, report);
    return report.unreadable.length > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

async function openContext() {
  const settings = readSettings(process.env);
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const server = await openServer(settings, dataDirectory);
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 2 });
  const log = createLog("warn");
  const masterKeys = await openMasterKeys({ ...settings, dataDirectory });
  const secret = settings.authSecret
    ? Buffer.from(settings.authSecret, "base64")
    : await readOwnSecret(dataDirectory);
  const ctx = {
    db,
    log,
    storage: await openStorage({ ...settings, dataDirectory }, { masterKeys, log }),
    secrets: createSecretBox(masterKeys),
    keyring: createKeyring(secret),
    now: () => new Date(),
    actor: { type: "system" as const, job: "keys.rotate" },
    requestId: null,
    source: null,
  };
  return {
    ctx,
    async close() {
      await db.close();
      await server.stop();
    },
  };
}

/** Which keys may go. A file that came in meanwhile, from a server that still has the old settings, is seen here. */
async function tellRest(ctx: Context, { unreadable }: RekeyReport): Promise<void> {
  const older = (await countFilesByKey(ctx)).filter(({ keyName }) => keyName !== ctx.storage.keyName);
  for (const { keyName, files } of older)
    say(`${files} files are still ${keyName === null ? "in plain" : `under ${keyName}`}.`);
  const secrets = await countOutdatedAuthenticators(ctx);
  if (secrets > 0) say(`${secrets} secrets are still under an older key.`);
  if (older.length === 0 && secrets === 0)
    say("Nothing uses an older key: they may be removed, once backups from before today are gone.");
  else if (unreadable.length === 0) say("Restart every server with the new settings, then run this again.");
}

function counted({ files, secrets }: { files: number; secrets: number }): string {
  return `${files} files, ${secrets} secrets`;
}

runCommand(main, usage);
