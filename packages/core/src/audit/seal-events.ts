import { Prisma, type Transaction } from "@intake/db/database";
import type { Effects } from "../context";
import { type EventText, eventText, genesisHash, sealHash } from "./chain";

type SealContext = Pick<Effects, "db" | "keyring" | "now">;

/** Events sealed in one transaction at most. */
const batchSize = 1000;
/** Any number will do, as long as it is ours alone: one sealer at a time over all instances. */
const sealLock = 7_204_621_350_002n;

/**
 * Chains the events of finished transactions that are not yet sealed, oldest first, and returns how many. Writers never wait for it: it
 * takes only what lies below the oldest transaction still running. Returns 0 at once while another instance seals.
 */
export function sealEvents(ctx: SealContext): Promise<number> {
  return sealAll(ctx, newerEvents);
}

/**
 * Chains also what lies below the newest sealed event: after a restore into another server transaction numbers start low again. Reads the
 * whole table, so it runs hourly.
 */
export function sealMissedEvents(ctx: SealContext): Promise<number> {
  return sealAll(ctx, () => Prisma.empty);
}

type Where = (head: Head) => Prisma.Sql;

function newerEvents({ watermark }: Head): Prisma.Sql {
  return Prisma.sql`AND e.inserted_in >= ${watermark}`;
}

async function sealAll(ctx: SealContext, where: Where): Promise<number> {
  for (let total = 0; ; ) {
    const sealed = await ctx.db.prisma.$transaction((tx) => sealBatch(ctx, tx, where));
    total += sealed;
    if (sealed < batchSize) return total;
  }
}

async function sealBatch(ctx: SealContext, tx: Transaction, where: Where): Promise<number> {
  const [lock] = await tx.$queryRaw<
    { mine: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(${sealLock}) AS mine`;
  if (!lock?.mine) return 0;
  const head = await readHead(tx);
  const events = await tx.$queryRaw<EventText[]>`SELECT e.id, ${eventText} AS event FROM audit_events e
    WHERE e.inserted_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ${where(head)}
      AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.event_id = e.id)
    ORDER BY e.inserted_in, e.id LIMIT ${batchSize}`;
  if (events.length === 0) return 0;
  const sealedAt = ctx.now();
  let { hash, position } = head;
  const seals = events.map(({ id, event }) => {
    position += 1n;
    hash = sealHash(ctx.keyring.auditSeal, hash, { position, sealedAt, event });
    return { position, id, hash };
  });
  // As three arrays: Prisma plans a list of rows value by value, which cost more than all else of a busy second.
  await tx.$executeRaw`INSERT INTO audit_seals (position, event_id, hash, sealed_at)
    SELECT position, event_id, hash, ${sealedAt}::timestamptz FROM unnest(${seals.map((seal) => seal.position.toString())}::bigint[],
      ${seals.map((seal) => seal.id)}::uuid[], ${seals.map((seal) => seal.hash)}::text[]) AS seal(position, event_id, hash)`;
  return seals.length;
}

interface Head {
  position: bigint;
  hash: string;
  /** The newest transaction among the last seals. */
  watermark: bigint;
}

async function readHead(tx: Transaction): Promise<Head> {
  const [row] = await tx.$queryRaw<
    Head[]
  >`WITH last AS (SELECT * FROM audit_seals ORDER BY position DESC LIMIT ${batchSize})
    SELECT l.position, l.hash, COALESCE((SELECT max(e.inserted_in) FROM last JOIN audit_events e ON e.id = last.event_id), 0) AS watermark
    FROM last l ORDER BY l.position DESC LIMIT 1`;
  return row ?? { position: 0n, hash: genesisHash, watermark: 0n };
}

/** The newest seal: written down outside the database it proves that nothing was cut off. Null before the first. */
export async function readAnchor(ctx: Pick<Effects, "db">): Promise<{ count: number; hash: string } | null> {
  const seal = await ctx.db.prisma.auditSeal.findFirst({
    orderBy: { position: "desc" },
    select: { position: true, hash: true },
  });
  return seal && { count: Number(seal.position), hash: seal.hash };
}
