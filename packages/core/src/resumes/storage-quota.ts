import type { Database } from "@intake/db/database";
import { Prisma } from "@intake/db/database";
import { AppError } from "../errors";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import { formatBytes } from "./schema";

/** From here on a warning is logged. */
const warnAtFraction = 0.8;
/** How old the total from the database may be; what this process took in since then is added. */
const maxAgeSeconds = 60;
/** So long it takes until somebody has made room; the form then asks the person instead of trying by itself. */
const retrySeconds = 60 * 60;

/** How much all stored files together may take (PRD 3.6). */
export interface StorageQuota {
  /** Null means no limit. */
  maxBytes: number | null;
  /** Throws `StorageQuotaError` when a file of that size no longer fits; counts it when it does. */
  admit(sizeBytes: number): Promise<void>;
  /** Bytes of all resumes, as the database knows them. */
  usedBytes(): Promise<number>;
}

export class StorageQuotaError extends AppError {
  constructor() {
    super(
      "SERVICE_UNAVAILABLE",
      "We cannot take files right now. Please call or write to us, or try again later.",
      {
        retryAfterSeconds: retrySeconds,
      },
    );
  }
}

export interface StorageQuotaInput {
  db: Pick<Database, "prisma">;
  log: Log;
  now: Clock;
  maxBytes: number | null;
}

/** The quota of this installation. Several processes may together exceed it by what they take in within a minute. */
export function createStorageQuota({ db, log, now, maxBytes }: StorageQuotaInput): StorageQuota {
  let known: { bytes: Promise<number>; at: number } | null = null;
  let admitted = 0;
  let level: Level = "room";

  function usedBytes(): Promise<number> {
    const at = now().getTime();
    if (!known || at - known.at >= maxAgeSeconds * 1000) {
      admitted = 0;
      const bytes = sumOfResumes(db);
      known = { bytes, at };
      // A database that was away is asked again.
      bytes.catch(() => {
        known = null;
      });
    }
    return known.bytes.then((bytes) => bytes + admitted);
  }

  function tell(next: Level, used: number): void {
    if (next === level) return;
    level = next;
    const fields = { event: `storage_${next}`, usedBytes: used, maxBytes };
    const words = `files take ${formatBytes(used)} of ${formatBytes(maxBytes ?? 0)}`;
    if (next === "full") log.error(fields, `storage quota is used up: ${words}`);
    else if (next === "nearly_full") log.warn(fields, `storage quota is nearly used up: ${words}`);
    else log.info(fields, `storage quota has room again: ${words}`);
  }

  return {
    maxBytes,
    usedBytes,
    async admit(sizeBytes) {
      if (maxBytes === null) return;
      const before = await usedBytes();
      if (before + sizeBytes > maxBytes) {
        tell("full", before);
        throw new StorageQuotaError();
      }
      admitted += sizeBytes;
      const used = before + sizeBytes;
      if (used < maxBytes * warnAtFraction) tell("room", used);
      // A small file that still fits after a large one did not is no news.
      else if (level === "room") tell("nearly_full", used);
    },
  };
}

type Level = "room" | "nearly_full" | "full";

async function sumOfResumes(db: Pick<Database, "prisma">): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ bytes: bigint | number }[]>(
    Prisma.sql`SELECT coalesce(sum(size_bytes), 0)::bigint AS bytes FROM resumes`,
  );
  return Number(row?.bytes ?? 0);
}
