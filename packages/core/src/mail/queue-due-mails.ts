import type { Context } from "../context";
import { toSql } from "../sql";

const batchSize = 200;
/** A mail this long past its time, in seconds, has lost its job: the queue is only the engine, the outbox the truth. */
const overdueSeconds = 30;

/** Gives every overdue or abandoned mail a new delivery job. Safe to run at any time: a claim decides who sends. */
export async function queueDueMails(ctx: Context): Promise<number> {
  const overdue = new Date(ctx.now().getTime() - overdueSeconds * 1000);
  return ctx.db.prisma.$transaction(async (tx) => {
    const mails = await tx.outboxMail.findMany({
      where: {
        // The others leave with their digest.
        digestId: null,
        OR: [
          { state: "QUEUED", nextAttemptAt: { lt: overdue } },
          { state: "SENDING", leaseUntil: { lt: ctx.now() } },
        ],
      },
      orderBy: { nextAttemptAt: "asc" },
      take: batchSize,
      select: { id: true },
    });
    if (mails.length > 0) {
      const jobs = mails.map((mail) => ({ data: { mailId: mail.id } }));
      await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", jobs)));
      ctx.log.warn({ mails: mails.length }, "overdue mails queued again");
    }
    return mails.length;
  });
}
