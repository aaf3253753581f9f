import { uuidv7 } from "uuidv7";
import { recordEvent } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { randomToken } from "../keyring";
import { accessTokenSeconds, signAccessToken } from "./access-token";
import { verifyPassword } from "./passwords";
import { formatRefreshToken, refreshSecret } from "./refresh-token";
import type { SignIn, TokenAnswer, User } from "./schema";
import { createSessionStore } from "./session-store";

/** A fresh pair: the answer without the refresh token, and the token for whichever way it travels. */
export interface IssuedTokens {
  answer: Omit<TokenAnswer, "refreshToken">;
  refreshToken: string;
}

export const userSelect = { id: true, email: true, name: true, role: true, timeZone: true } as const;

/**
 * Signs a person in by password. Wrong password, unknown and disabled account get the same words and cost the same work
 * (detail 4.60). Throws UNAUTHORIZED, or TOO_MANY_REQUESTS when account or source tried too often. `source` is the client's address.
 */
export async function signIn(ctx: Context, input: SignIn & { source: string }): Promise<IssuedTokens> {
  const email = addressKey(input.email);
  await ctx.throttles.signIn.admit({ source: input.source, account: email });
  const row = await ctx.db.prisma.user.findUnique({
    where: { email },
    select: { ...userSelect, passwordHash: true, disabledAt: true },
  });
  const isEnabled = row !== null && row.disabledAt === null;
  const fits = await verifyPassword(isEnabled ? row.passwordHash : null, input.password);
  if (!isEnabled || !fits) {
    await ctx.throttles.signIn.recordFailure({ source: input.source, account: email });
    await recordEvent(ctx, { type: "auth.sign_in_failed", data: { userId: row?.id ?? null } });
    ctx.log.warn({ event: "authn_login_fail", userId: row?.id ?? null }, "sign-in refused");
    throw new AppError(
      "UNAUTHORIZED",
      "This email and password do not fit together. Check both and try again.",
    );
  }
  await ctx.throttles.signIn.recordSuccess({ account: email });
  const { passwordHash: _hash, disabledAt: _disabled, ...user } = row;
  return startSession(ctx, user);
}

/** A new session for a person who has just proven who they are. */
export async function startSession(ctx: Context, user: User): Promise<IssuedTokens> {
  const sessionId = uuidv7();
  const refreshSeed = randomToken();
  const secret = refreshSecret(ctx, { sessionId, counter: 0, seed: refreshSeed });
  await createSessionStore(ctx).createSession(
    user.id,
    { publicId: sessionId, refreshSeed },
    { sessionId: secret },
  );
  await recordEvent(
    { ...ctx, actor: { type: "user", user, sessionId } },
    { type: "auth.signed_in", data: { sessionId } },
  );
  ctx.log.info({ event: "authn_login_success", userId: user.id, sessionId }, "signed in");
  return issueTokens(ctx, {
    user,
    sessionId,
    refreshToken: formatRefreshToken({ sessionId, counter: 0, secret }),
  });
}

export async function issueTokens(
  ctx: Context,
  input: { user: User; sessionId: string; refreshToken: string },
): Promise<IssuedTokens> {
  const accessToken = await signAccessToken(ctx, { userId: input.user.id, sessionId: input.sessionId });
  return {
    answer: { accessToken, tokenType: "Bearer", expiresIn: accessTokenSeconds, user: input.user },
    refreshToken: input.refreshToken,
  };
}
