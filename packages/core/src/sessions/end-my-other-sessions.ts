import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";

/** Ends every session of the caller but the one that asks; returns how many. */
export async function endMyOtherSessions(ctx: PersonContext): Promise<{ ended: number }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: { userId: ctx.actor.user.id, id: { not: ctx.actor.sessionId } },
    });
    const event = {
      type: "auth.other_sessions_ended",
      userId: ctx.actor.user.id,
      data: { sessionId: ctx.actor.sessionId, ended: count },
    };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return { ended: count };
  });
}
