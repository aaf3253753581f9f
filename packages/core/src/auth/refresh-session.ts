import type { Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { AppError } from "../errors";
import { equalSecrets, hashToken } from "../keyring";
import { queueSecurityNotice } from "../mail/security-notice";
import { isSessionAlive } from "./authenticate";
import {
  formatRefreshToken,
  graceSeconds,
  parseRefreshToken,
  type RefreshToken,
  refreshSecret,
} from "./refresh-token";
import type { User } from "./schema";
import { type IssuedTokens, issueTokens } from "./sign-in";

type Outcome =
  | { kind: "ended" }
  | { kind: "reused"; userId: string }
  | { kind: "rotated"; user: User; child: RefreshToken };

/**
 * A new token pair for a refresh token; the old one is spent (security rule 17). The parent of the newest token gets the same child for
 * 10 s; anything older ends the session everywhere. Throws UNAUTHORIZED.
 */
export async function refreshSession(ctx: Context, input: { refreshToken: string }): Promise<IssuedTokens> {
  const token = parseRefreshToken(input.refreshToken);
  if (!token) throw sessionEnded();
  await ctx.throttles.refresh.admit(token.sessionId);
  const outcome = await ctx.db.prisma.$transaction((tx) => rotate(ctx, tx, token));
  if (outcome.kind === "reused") {
    ctx.log.error(
      {
        event: "authn_token_reuse",
        severity: "CRITICAL",
        userId: outcome.userId,
        sessionId: token.sessionId,
      },
      "refresh token used again, session ended",
    );
  }
  if (outcome.kind !== "rotated") throw sessionEnded();
  return issueTokens(ctx, {
    user: outcome.user,
    sessionId: token.sessionId,
    refreshToken: formatRefreshToken(outcome.child),
  });
}

async function rotate(ctx: Context, tx: Transaction, token: RefreshToken): Promise<Outcome> {
  await tx.$queryRaw`SELECT 1 FROM sessions WHERE id = ${token.sessionId}::uuid FOR UPDATE`;
  const session = await tx.session.findUnique({ where: { id: token.sessionId }, include: { user: true } });
  if (!session || session.user.disabledAt !== null || !isSessionAlive(ctx, session)) return { kind: "ended" };

  const now = ctx.now();
  const seed = session.refreshSeed;
  const isGenuine = equalSecrets(token.secret, refreshSecret(ctx, { ...token, seed }));
  if (!isGenuine || token.counter > session.refreshCounter) return { kind: "ended" };

  const counter = token.counter + 1;
  const child = {
    sessionId: token.sessionId,
    counter,
    secret: refreshSecret(ctx, { ...token, counter, seed }),
  };
  const { id, email, name, role, timeZone } = session.user;
  const user = { id, email, name, role, timeZone };
  if (token.counter === session.refreshCounter) {
    await tx.session.update({
      where: { id: session.id },
      data: { secretHash: hashToken(child.secret), refreshCounter: counter, rotatedAt: now },
    });
    return { kind: "rotated", user, child };
  }
  const isParent = token.counter === session.refreshCounter - 1;
  const isInGrace = now.getTime() - session.rotatedAt.getTime() <= graceSeconds * 1000;
  if (isParent && isInGrace) return { kind: "rotated", user, child };

  // A spent token came back: thief or owner, we cannot tell, so both sign in again.
  await tx.session.delete({ where: { id: session.id } });
  const actor = { type: "user", user, sessionId: session.id } as const;
  await tx.$executeRaw(
    eventInsert(
      { ...ctx, actor },
      { type: "auth.token_reused", userId: user.id, data: { sessionId: session.id } },
    ).sql,
  );
  await queueSecurityNotice(ctx, tx, { userId: user.id, notice: "session.reused" });
  return { kind: "reused", userId: user.id };
}

function sessionEnded(): AppError {
  return new AppError("UNAUTHORIZED", "Your session has ended. Sign in again.");
}
