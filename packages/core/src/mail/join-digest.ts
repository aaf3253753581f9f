import { Prisma, type Transaction } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows, toSql } from "../sql";
import { openDigests } from "./open-digest";

/** More leads than this within five minutes are told in one mail (detail 4.31); seconds. */
const mostSingleLeads = 10;
const burstSeconds = 5 * 60;

/** A digest of so many leaves at once: what it stands for is settled with it, in one transaction. */
const mostDigested = 1000;

/**
 * Puts a mail about a new lead into its address's digest when the lead came among many; each of the others comes by a job of its own. One
 * that somebody tried to send already stays alone: it may have arrived. Returns whether it was put there.
 */
export async function joinDigest(
  ctx: Pick<Context, "db" | "queue" | "now">,
  mailId: string,
): Promise<boolean> {
  if (!(await isInBurst(ctx, mailId))) return false;
  return ctx.db.prisma.$transaction(async (tx) => {
    const [mail] = await tx.$queryRaw<{ toAddress: string; isUntold: boolean }[]>(
      Prisma.sql`SELECT to_address AS "toAddress", ${isUntold} AS "isUntold" FROM outbox_mails m
        WHERE id = ${mailId}::uuid FOR UPDATE SKIP LOCKED`,
    );
    if (!mail?.isUntold) return false;
    const digests = await openDigests(ctx, tx, { addresses: [mail.toAddress], waitSeconds: burstSeconds });
    const digestId = digests.get(mail.toAddress);
    if (digestId === undefined) return false;
    await tx.outboxMail.update({ where: { id: mailId }, data: { digestId } });
    await hurryWhenFull(ctx, tx, digestId);
    return true;
  });
}

async function hurryWhenFull(
  ctx: Pick<Context, "queue" | "now">,
  tx: Transaction,
  digestId: string,
): Promise<void> {
  const hurried = await tx.$executeRaw(
    Prisma.sql`UPDATE outbox_mails SET next_attempt_at = ${ctx.now()}
      WHERE id = ${digestId}::uuid AND next_attempt_at > ${ctx.now()}
        AND (SELECT count(*) FROM (SELECT 1 FROM outbox_mails WHERE digest_id = ${digestId}::uuid LIMIT ${mostDigested}) AS told)
          = ${mostDigested}`,
  );
  if (hurried > 0)
    await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", [{ data: { mailId: digestId } }])));
}

/** Nobody has tried to send it, alone or with others. */
const isUntold = Prisma.sql`(m.state = 'QUEUED' AND m.attempts = 0 AND m.digest_id IS NULL)`;

/**
 * Whether the mail has yet to tell of a lead that has just arrived, and many came in the minutes before that one, or in those after. The
 * mail is looked up by its id first: in a burst there may be thousands in its state.
 */
async function isInBurst(ctx: Pick<Context, "db" | "now">, mailId: string): Promise<boolean> {
  const span = Prisma.sql`make_interval(secs => ${burstSeconds}::int)`;
  const isMany = (from: Prisma.Sql, to: Prisma.Sql) =>
    Prisma.sql`(SELECT count(*) FROM (
      SELECT 1 FROM leads o WHERE o.created_at >= ${from} AND o.created_at <= ${to} LIMIT ${mostSingleLeads + 1}) AS near
    ) > ${mostSingleLeads}`;
  const at = Prisma.sql`l.created_at`;
  const mails = await queryPreparedRows(
    ctx.db,
    Prisma.sql`WITH m AS MATERIALIZED (SELECT * FROM outbox_mails WHERE id = ${mailId}::uuid)
      SELECT 1 FROM m JOIN leads l ON l.id = m.lead_id
      WHERE m.next_attempt_at <= ${ctx.now()} AND ${isUntold}
        AND (m.kind = 'LEAD_NOTICE' OR m.kind = 'LEAD_ASSIGNED' AND m.created_at < ${at} + ${span})
        AND (${isMany(Prisma.sql`${at} - ${span}`, at)} OR ${isMany(at, Prisma.sql`${at} + ${span}`)})`,
  );
  return mails.length > 0;
}
