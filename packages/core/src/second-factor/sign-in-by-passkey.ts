import { recordEvent } from "../audit/record-event";
import { type IssuedTokens, startSession, userSelect } from "../auth/sign-in";
import type { Context } from "../context";
import { AppError } from "../errors";
import { challengeOver, spendChallenge, startChallenge, takeAttempt } from "./challenges";
import { checkPasskey, passkeyQuestion } from "./check-passkey";
import type { PasskeyAnswer, PasskeyChallenge } from "./schema";

/** The question for signing in by passkey alone: the same for everybody. `source` is the client's address. Throws TOO_MANY_REQUESTS. */
export async function askPasskey(ctx: Context, { source }: { source: string }): Promise<PasskeyChallenge> {
  await ctx.throttles.challenge.admit(source);
  const token = await startChallenge(ctx, { purpose: "PASSKEY_SIGN_IN", userId: null });
  return passkeyQuestion(ctx, { token, userId: null });
}

/**
 * Signs in by a passkey alone: it is something the person has, opened by something they know or are, so both factors at once.
 * Throws UNAUTHORIZED in the same words for every reason, or TOO_MANY_REQUESTS.
 */
export async function signInByPasskey(
  ctx: Context,
  input: { token: string; passkey: PasskeyAnswer; source: string },
): Promise<IssuedTokens> {
  const account = `passkey ${input.passkey.id}`;
  await ctx.throttles.signIn.admit({ source: input.source, account });
  const challenge = await takeAttempt(ctx, { purpose: "PASSKEY_SIGN_IN", token: input.token });
  if (!challenge) throw challengeOver();
  const user = await ctx.db.prisma.$transaction(async (tx) => {
    const userId = await checkPasskey(ctx, tx, { ...input, userId: null });
    if (userId === null) return null;
    await spendChallenge(ctx, tx, challenge);
    return tx.user.findFirst({ where: { id: userId, disabledAt: null }, select: userSelect });
  });
  if (!user) {
    await ctx.throttles.signIn.recordFailure({ source: input.source, account });
    await recordEvent(ctx, { type: "auth.sign_in_failed", data: { method: "PASSKEY" } });
    ctx.log.warn({ event: "authn_login_fail", method: "PASSKEY" }, "passkey refused");
    throw new AppError("UNAUTHORIZED", "This passkey is not known here. Sign in with your password instead.");
  }
  await ctx.throttles.signIn.recordSuccess({ account });
  return startSession(ctx, user, "PASSKEY");
}
