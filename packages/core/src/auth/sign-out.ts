import { recordEvent } from "../audit/record-event";
import type { PersonContext } from "../context";

/** Ends the caller's session: its access and refresh tokens stop working at once. */
export async function signOut(ctx: PersonContext): Promise<void> {
  await ctx.db.prisma.session.deleteMany({ where: { id: ctx.actor.sessionId } });
  await recordEvent(ctx, { type: "auth.signed_out", data: { sessionId: ctx.actor.sessionId } });
}
