import type { StaffContext } from "../context";
import type { Mention } from "./schema";

const maxMentions = 50;

/** Notes that name whoever asks, on leads they have not opened since; newest first, at most 50. */
export async function listMyMentions(ctx: Pick<StaffContext, "db" | "actor">): Promise<Mention[]> {
  const mentions = await ctx.db.prisma.noteMention.findMany({
    where: { userId: ctx.actor.user.id, seenAt: null },
    orderBy: { note: { createdAt: "desc" } },
    take: maxMentions,
    select: {
      leadId: true,
      lead: { select: { firstName: true, lastName: true } },
      note: { select: { createdAt: true } },
    },
  });
  return mentions.map(({ leadId, lead, note }) => ({ leadId, ...lead, at: note.createdAt.toISOString() }));
}
