import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";

/** Ends another session of the caller at once, on every instance. Throws NOT_FOUND for one that is not theirs or has ended. */
export async function endMySession(ctx: PersonContext, input: { sessionId: string }): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: { id: input.sessionId, userId: ctx.actor.user.id },
    });
    if (count === 0) throw new AppError("NOT_FOUND", "This session has ended already.");
    const event = {
      type: "auth.session_ended",
      userId: ctx.actor.user.id,
      data: { sessionId: input.sessionId },
    };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
}
