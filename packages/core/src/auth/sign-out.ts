import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";

/** Ends the caller's session: its access and refresh tokens stop working at once. */
export async function signOut(ctx: PersonContext): Promise<void> {
  const { sessionId, user } = ctx.actor;
  const event = { type: "auth.signed_out", userId: user.id, data: { sessionId } };
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { id: sessionId } });
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
}
