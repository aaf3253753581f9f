import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { toSql } from "../sql";

interface OpenDigestInput {
  addresses: string[];
  /** How long a new one waits for more, in seconds. */
  waitSeconds: number;
}

/**
 * The digest of each address that nobody has tried to send yet, made where there is none. They are locked until the caller's transaction
 * ends: what it puts in leaves with them.
 */
export async function openDigests(
  ctx: Pick<Context, "queue" | "now">,
  tx: Transaction,
  { addresses, waitSeconds }: OpenDigestInput,
): Promise<Map<string, string>> {
  const at = ctx.now();
  const leavesAt = new Date(at.getTime() + waitSeconds * 1000);
  const digests = new Map<string, string>();
  const jobs = [];
  // Always in the same order, so that two who need several never wait for each other.
  for (const address of [...addresses].sort()) {
    const newId = uuidv7();
    const [row] = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`INSERT INTO outbox_mails AS m (id, kind, to_address, next_attempt_at, created_at)
        VALUES (${newId}::uuid, 'LEAD_DIGEST', ${address}, ${leavesAt}, ${at})
        ON CONFLICT (to_address) WHERE kind = 'LEAD_DIGEST' AND state = 'QUEUED' AND attempts = 0
        DO UPDATE SET to_address = excluded.to_address RETURNING id`,
    );
    if (!row) throw new Error("No digest was made or found");
    digests.set(address, row.id);
    if (row.id === newId) jobs.push({ data: { mailId: newId }, startAfter: leavesAt });
  }
  if (jobs.length > 0) await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", jobs)));
  return digests;
}
