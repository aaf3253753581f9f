import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { verifyExport } from "@intake/core/audit/export-audit-events";
import { describeProblem } from "@intake/core/audit/policy";
import { type VerifyChainInput, verifyChain } from "@intake/core/audit/verify-chain";
import { createKeyring } from "@intake/core/keyring";
import { createDatabase } from "@intake/db/database";
import { readOwnSecret } from "../start/data-directory";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run audit:verify                                proves the whole audit
npm run audit:verify -- --anchor COUNT:HASH        … and that it still goes through a seal written down earlier (log line audit_anchor)
npm run audit:verify -- --export FILE              proves that an export is as it was made`;

/** The process exit code: 0 when everything is true, 1 when something is not. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { anchor: { type: "string" }, export: { type: "string" } } });
  const settings = readSettings(process.env);
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const secret = settings.authSecret
    ? Buffer.from(settings.authSecret, "base64")
    : await readOwnSecret(dataDirectory);
  const keyring = createKeyring(secret);
  if (values.export !== undefined) {
    const rows = verifyExport({ keyring }, await readFile(resolve(repository, values.export), "utf8"));
    say(rows === null ? "This export is not as it was made." : `The export is as it was made: ${rows} rows.`);
    return rows === null ? 1 : 0;
  }
  const anchor = readAnchor(values.anchor);
  const server = await openServer(settings, dataDirectory);
  const db = createDatabase({ connectionString: server.connectionString, maxConnections: 2 });
  try {
    const { checked, head, problem } = await verifyChain(
      { db, keyring, now: () => new Date() },
      anchor && { anchor },
    );
    if (problem) say(`The chain is broken after ${checked} true entries. ${describeProblem(problem)}`);
    else say(`The chain is whole: ${checked} entries${head ? `, anchor ${head.count}:${head.hash}` : ""}.`);
    return problem ? 1 : 0;
  } finally {
    await db.close();
    await server.stop();
  }
}

function readAnchor(text: string | undefined): VerifyChainInput["anchor"] {
  if (text === undefined) return undefined;
  const [, count, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!count || !hash) throw new Error(`--anchor is COUNT:HASH\n\n${usage}`);
  return { count: Number(count), hash };
}

runCommand(main, usage);
