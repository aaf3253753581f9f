import { Prisma } from "@intake/db/database";
import type { Effects } from "../context";
import { equalSecrets } from "../keyring";
import { eventText, genesisHash, sealHash } from "./chain";
import type { ChainProblem, ChainReport } from "./schema";

export interface VerifyChainInput {
  /** Only the newest seals, so many; the one before them is taken as it is. The whole chain when absent. */
  newest?: number;
  /** What was once the newest seal: the chain must still go through it. */
  anchor?: { count: number; hash: string };
}

type VerifyContext = Pick<Effects, "db" | "keyring" | "now">;

interface SealRow {
  position: bigint;
  event_id: string;
  hash: string;
  sealed_at: Date;
  event: string | null;
}

const pageSize = 1000;
/** Minutes after which an event must have its seal. */
const sealingMinutes = 10;

/**
 * Proves the chain of the audit with the installation's key, a page at a time over any size, and names the first place where a row was
 * changed, removed, inserted or moved.
 */
export async function verifyChain(ctx: VerifyContext, input: VerifyChainInput = {}): Promise<ChainReport> {
  const report: ChainReport = { checked: 0, head: await startOf(ctx, input), problem: null };
  for (;;) {
    const rows = await readSeals(ctx, BigInt(report.head?.count ?? 0));
    for (const row of rows) {
      const problem = problemOf(ctx, report.head, row) ?? anchorProblem(input, row);
      if (problem) return { ...report, problem };
      report.head = { count: Number(row.position), hash: row.hash };
      report.checked += 1;
    }
    if (rows.length < pageSize) break;
  }
  if (input.anchor && (report.head?.count ?? 0) < input.anchor.count)
    return {
      ...report,
      problem: { kind: "cut-off", position: (report.head?.count ?? 0) + 1, eventId: null },
    };
  return { ...report, problem: await findUnsealed(ctx, input) };
}

async function startOf(ctx: VerifyContext, { newest }: VerifyChainInput): Promise<ChainReport["head"]> {
  if (newest === undefined) return null;
  const seal = await ctx.db.prisma.auditSeal.findFirst({
    orderBy: { position: "desc" },
    skip: newest,
    select: { position: true, hash: true },
  });
  return seal && { count: Number(seal.position), hash: seal.hash };
}

function readSeals(ctx: VerifyContext, after: bigint): Promise<SealRow[]> {
  return ctx.db.prisma.$queryRaw<SealRow[]>`SELECT s.position, s.event_id, s.hash, s.sealed_at,
      CASE WHEN e.id IS NOT NULL THEN ${eventText} END AS event
    FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
    WHERE s.position > ${after} ORDER BY s.position LIMIT ${pageSize}`;
}

function problemOf(ctx: VerifyContext, head: ChainReport["head"], row: SealRow): ChainProblem | null {
  const expected = (head?.count ?? 0) + 1;
  if (Number(row.position) !== expected) return { kind: "seal-missing", position: expected, eventId: null };
  const at = { position: expected, eventId: row.event_id };
  if (row.event === null) return { kind: "event-missing", ...at };
  const link = { position: row.position, sealedAt: row.sealed_at, event: row.event };
  const hash = sealHash(ctx.keyring.auditSeal, head?.hash ?? genesisHash, link);
  return equalSecrets(hash, row.hash) ? null : { kind: "changed", ...at };
}

function anchorProblem({ anchor }: VerifyChainInput, row: SealRow): ChainProblem | null {
  if (!anchor || Number(row.position) !== anchor.count || equalSecrets(row.hash, anchor.hash)) return null;
  return { kind: "cut-off", position: anchor.count, eventId: row.event_id };
}

/** An event that should long have been sealed, or that stands among sealed ones without a seal: written past the sealer. */
async function findUnsealed(ctx: VerifyContext, { newest }: VerifyChainInput): Promise<ChainProblem | null> {
  const due = new Date(ctx.now().getTime() - sealingMinutes * 60_000);
  // Between "the newest" only recent times are looked at, so that the look stays short.
  const since =
    newest === undefined
      ? Prisma.empty
      : Prisma.sql`AND e.created_at > ${new Date(due.getTime() - 86_400_000)}`;
  const [event] = await ctx.db.prisma.$queryRaw<{ id: string }[]>`SELECT e.id FROM audit_events e
    WHERE e.created_at < ${due} ${since} AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.event_id = e.id)
      AND e.inserted_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY e.inserted_in, e.id LIMIT 1`;
  return event ? { kind: "unsealed", position: null, eventId: event.id } : null;
}
