import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Storage } from "@intake/core/ports/storage";
import { sweepOrphans } from "@intake/core/resumes/sweep-orphans";
import { createDatabase, type Database } from "@intake/db/database";
import { createDiskStorage } from "@intake/storage/disk-storage";
import { createEncryptedStorage } from "@intake/storage/encryption/encrypted-storage";
import { createMasterKeys, createOwnMasterKey } from "@intake/storage/encryption/master-keys";
import { readOwnMasterKey } from "../start/data-directory";

/** What a client sent, and the last it knows about it. */
export interface Submission {
  key: string;
  /** Of this submission alone. */
  email: string;
  isValid: boolean;
  bytes: Buffer;
  /** The lead's id once the client has seen it acknowledged, or the status of a definite refusal. */
  outcome: { id: string } | { refused: number } | null;
}

/**
 * The counters of security.md, part 3, over a running embedded database, after the sweeper has run as if a day had passed. Each lists
 * what breaks its promise.
 */
export async function countBrokenPromises(dataDirectory: string, submissions: Submission[]) {
  const storage = await openOwnStorage(dataDirectory);
  const db = createDatabase({
    connectionString: await findConnectionString(dataDirectory),
    maxConnections: 4,
  });
  try {
    await sweepOrphans(
      {
        db,
        storage,
        log: silentLog,
        now: () => new Date(Date.now() + 25 * 60 * 60 * 1000),
        actor: { type: "system", job: "test" },
        requestId: null,
        source: null,
      },
      { dryRun: false },
    );
    const leads = await readLeads(db);
    const stored: string[] = [];
    for await (const { key } of storage.list("resumes/")) stored.push(key);
    const known = leads.flatMap((lead) => lead.resumes.map((resume) => resume.storageKey));
    const isAcknowledged = ({ outcome }: Submission) => outcome !== null && "id" in outcome;
    const countOf = (email: string) => leads.filter((lead) => lead.email === email).length;
    const acknowledged = submissions.filter(isAcknowledged);
    const isKept = await Promise.all(acknowledged.map((submission) => isWhole(submission, leads, storage)));
    const names = (list: Submission[]) => list.map(({ email }) => email);
    return {
      /** Acknowledged, and not there with its file and both its mails. */
      LOST: names(acknowledged.filter((_submission, index) => !isKept[index])),
      /** Refused for good, and there; or the other way round. */
      GHOST: names(submissions.filter((sent) => !isAcknowledged(sent) && countOf(sent.email) > 0)),
      DUPL: names(submissions.filter((sent) => countOf(sent.email) !== (sent.isValid ? 1 : 0))),
      /** Stored objects without a row. */
      ORPHANS: stored.filter((key) => !known.includes(key)),
      /** Rows without their stored object. */
      MISSING: known.filter((key) => !stored.includes(key)),
    };
  } finally {
    await db.close();
  }
}

const ignore = () => undefined;
const silentLog = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The files of a server that made its master key itself. */
async function openOwnStorage(dataDirectory: string): Promise<Storage> {
  const store = createDiskStorage({ directory: join(dataDirectory, "storage") });
  const own = await readOwnMasterKey(dataDirectory, { isNeeded: true });
  const masterKeys = createMasterKeys(own ? [createOwnMasterKey(own)] : []);
  return createEncryptedStorage({ store, masterKeys, log: silentLog });
}

function readLeads({ prisma }: Database) {
  return prisma.lead.findMany({
    select: {
      id: true,
      email: true,
      resumes: { select: { id: true, leadId: true, storageKey: true, keyName: true } },
      mails: { select: { id: true } },
      idempotency: { select: { key: true } },
    },
  });
}

async function isWhole(
  { email, bytes, key, outcome }: Submission,
  leads: Awaited<ReturnType<typeof readLeads>>,
  storage: Storage,
): Promise<boolean> {
  const lead = leads.find(({ id }) => outcome !== null && "id" in outcome && id === outcome.id);
  const resume = lead?.resumes[0];
  if (!lead || !resume || lead.email !== email || lead.mails.length !== 2) return false;
  if (lead.idempotency[0]?.key !== key) return false;
  const file = await storage.get({ ...resume, resumeId: resume.id }).then(buffer, () => null);
  return file?.equals(bytes) ?? false;
}

async function findConnectionString(dataDirectory: string): Promise<string> {
  const folder = join(dataDirectory, "postgres");
  const password = (await readFile(join(folder, "password"), "utf8")).trim();
  const port = (await readFile(join(folder, "cluster/postmaster.pid"), "utf8")).split("\n")[3];
  return `postgresql://intake:${password}@127.0.0.1:${port}/intake`;
}
