import type { Context } from "../context";
import { equalSecrets } from "../keyring";
import { authenticateSessionId, type SessionActor } from "./authenticate";
import { graceSeconds, parseRefreshToken, refreshSecret } from "./refresh-token";

/**
 * Who a refresh token stands for, or null, without spending it: for a browser that goes somewhere by itself and so has only its cookie.
 * The newest token counts, and its parent for as long as that could still be exchanged.
 */
export async function authenticateRefreshToken(
  ctx: Context,
  refreshToken: string,
): Promise<SessionActor | null> {
  const token = parseRefreshToken(refreshToken);
  if (!token) return null;
  const session = await ctx.db.prisma.session.findUnique({
    where: { id: token.sessionId },
    select: { refreshSeed: true, refreshCounter: true, rotatedAt: true },
  });
  if (!session) return null;
  const isGenuine = equalSecrets(token.secret, refreshSecret(ctx, { ...token, seed: session.refreshSeed }));
  const age = session.refreshCounter - token.counter;
  const isInGrace = ctx.now().getTime() - session.rotatedAt.getTime() <= graceSeconds * 1000;
  if (!isGenuine || !(age === 0 || (age === 1 && isInGrace))) return null;
  return authenticateSessionId(ctx, { sessionId: token.sessionId });
}
