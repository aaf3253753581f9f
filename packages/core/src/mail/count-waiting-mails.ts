import type { Context } from "../context";

/** Mails that have not left, by state; of those that were sent again only the last. */
export async function countWaitingMails(
  ctx: Pick<Context, "db">,
): Promise<{ QUEUED: number; SENDING: number; FAILED: number; SUPPRESSED: number }> {
  const counts = { QUEUED: 0, SENDING: 0, FAILED: 0, SUPPRESSED: 0 };
  const groups = await ctx.db.prisma.outboxMail.groupBy({
    by: ["state"],
    where: { state: { not: "SENT" }, resentBy: { none: {} } },
    _count: { _all: true },
  });
  for (const { state, _count } of groups) if (state !== "SENT") counts[state] = _count._all;
  return counts;
}
