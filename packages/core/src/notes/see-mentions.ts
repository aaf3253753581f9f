import type { StaffContext } from "../context";

/** Notes that whoever opens a lead has been named in: from now on they count as seen. */
export async function seeMentions(ctx: StaffContext, { leadId }: { leadId: string }): Promise<void> {
  await ctx.db.prisma.noteMention.updateMany({
    where: { leadId, userId: ctx.actor.user.id, seenAt: null },
    data: { seenAt: ctx.now() },
  });
}
