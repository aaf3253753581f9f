import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { proveRestore } from "@intake/core/operations/prove-restore";
import { createDatabase } from "@intake/db/database";
import { reachDatabase } from "@intake/db/reach-database";
import { z } from "zod";
import { openCluster } from "../cluster/open-cluster";
import { proofName, restoreBeside } from "../cluster/restore-beside";
import { readSettings } from "../start/settings";
import { openServer } from "./database-server";
import { runCommand, say } from "./run-command";

const repository = resolve(import.meta.dirname, "../../../..");
const usage = `npm run restore:prove -- --restored-host HOST [--begun-at 2026-11-24T03:40:00Z] [--most-lost-minutes 2]
                                 compares the leads of a database that was restored beside the office with the
                                 office's and writes the success down; login and name are those of DATABASE_URL,
                                 younger leads than so many minutes before the restore began may be missing
npm run restore:prove -- --cluster database
                                 restores a database of CloudNativePG beside itself first, in the Kubernetes it
                                 runs in, and takes it away again`;

const wordsSchema = z
  .object({
    cluster: z.string().optional(),
    "restored-host": z.string().optional(),
    "begun-at": z.iso.datetime({ offset: true }).optional(),
    "most-lost-minutes": z.coerce.number().int().nonnegative(),
  })
  .refine((words) => (words.cluster === undefined) !== (words["restored-host"] === undefined));

async function main(): Promise<number> {
  const text = { type: "string" as const };
  const { values } = parseArgs({
    options: {
      ...{ cluster: text, "restored-host": text, "begun-at": text },
      "most-lost-minutes": { ...text, default: "2" },
    },
  });
  const words = wordsSchema.safeParse(values);
  if (!words.success) throw new Error(usage);
  const {
    cluster,
    "restored-host": host,
    "begun-at": begun,
    "most-lost-minutes": mostLostMinutes,
  } = words.data;
  const begunAt = begun ? new Date(begun) : new Date();
  const settings = readSettings(process.env);
  const server = await openServer(settings, resolve(repository, settings.dataDirectory));
  const compare = (hostname: string) =>
    compareLeads(server.connectionString, { hostname, begunAt, mostLostMinutes });
  try {
    if (host) await compare(host);
    else if (cluster)
      await restoreBeside(openCluster(), { database: cluster, pauseMs: 10_000, mostMinutes: 180 }, () =>
        compare(`${proofName(cluster)}-rw`),
      );
    return 0;
  } finally {
    await server.stop();
  }
}

interface Comparison {
  hostname: string;
  begunAt: Date;
  mostLostMinutes: number;
}

/** Login and password came back with the database; only its host is another. */
async function compareLeads(office: string, { hostname, ...proof }: Comparison): Promise<void> {
  const url = new URL(office);
  url.hostname = hostname;
  const connectionString = url.href;
  await reachDatabase({ setting: "--restored-host", connectionString, waitMs: 60_000 });
  const db = createDatabase({ connectionString: office, maxConnections: 1 });
  const restored = createDatabase({ connectionString, maxConnections: 1 });
  try {
    const leads = await proveRestore({ db, now: () => new Date() }, { restored, ...proof });
    say(`What was restored has every lead it must have: ${leads}.`);
  } finally {
    await Promise.all([db.close(), restored.close()]);
  }
}

runCommand(main, usage);
