import { idleSeconds } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import type { SessionState } from "./schema";

/** When the caller's session will end. Being asked for is activity like every call, less the idle time the caller has stated. */
export async function readSessionState(ctx: PersonContext): Promise<SessionState> {
  const session = await ctx.db.prisma.session.findUnique({
    where: { id: ctx.actor.sessionId },
    select: { lastActiveAt: true, expiresAt: true },
  });
  // Ended between the check of the caller and now.
  if (!session) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  const { lastActiveAt, expiresAt } = session;
  const now = ctx.now().getTime();
  const idleEnd =
    ctx.activity.sessions.latest(ctx.actor.sessionId, lastActiveAt).getTime() + idleSeconds * 1000;
  const secondsTo = (time: number) => Math.max(0, Math.floor((time - now) / 1000));
  return { idleEndsIn: secondsTo(idleEnd), absoluteEndsIn: secondsTo(expiresAt.getTime()) };
}
