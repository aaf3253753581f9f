import type { Transaction } from "@intake/db/database";
import { eventInsert, recordEvent } from "../audit/record-event";
import { type IssuedTokens, startSession, userSelect } from "../auth/sign-in";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findConfirmedStep, spendStep } from "./authenticator-code";
import { challengeOver, maxAttempts, type OpenChallenge, spendChallenge, takeAttempt } from "./challenges";
import { checkPasskey, passkeyQuestion } from "./check-passkey";
import { spendRecoveryCode } from "./recovery-codes";
import type { PasskeyChallenge, VerifySecondFactor } from "./schema";

/**
 * The second step of signing in. A wrong answer counts for the account as a wrong password does, and five end this sign-in.
 * Throws UNPROCESSABLE_CONTENT for a wrong answer, UNAUTHORIZED when the sign-in is over, TOO_MANY_REQUESTS.
 */
export async function verifySecondFactor(
  ctx: Context,
  input: VerifySecondFactor & { source: string },
): Promise<IssuedTokens> {
  const challenge = await takeAttempt(ctx, { purpose: "SECOND_FACTOR", token: input.token });
  if (!challenge) throw challengeOver();
  const user = await ctx.db.prisma.user.findFirst({
    where: { id: challenge.userId ?? "", disabledAt: null },
    select: userSelect,
  });
  if (!user) throw challengeOver();
  await ctx.throttles.signIn.admit({ source: input.source, account: user.email });
  const method = methodOf(input);
  const step =
    input.code === undefined ? null : await findConfirmedStep(ctx, { userId: user.id, code: input.code });
  const fits = await ctx.db.prisma.$transaction(async (tx) => {
    if (!(await spend(ctx, tx, { ...input, userId: user.id, step }))) return false;
    await spendChallenge(ctx, tx, challenge);
    if (method === "recovery-code")
      await tx.$executeRaw(eventInsert(ctx, { type: "recovery_code.used", userId: user.id }).sql);
    return true;
  });
  if (!fits) throw await refuse(ctx, { challenge, user, method, source: input.source });
  await ctx.throttles.signIn.recordSuccess({ account: user.email });
  return startSession(ctx, user);
}

/** The passkey question of a sign-in that waits for its second factor. Throws UNAUTHORIZED when it is over. */
export async function askSecondFactorPasskey(
  ctx: Context,
  { token }: { token: string },
): Promise<PasskeyChallenge> {
  const challenge = await takeAttempt(ctx, { purpose: "SECOND_FACTOR", token });
  if (!challenge) throw challengeOver();
  return passkeyQuestion(ctx, { token, userId: challenge.userId });
}

function methodOf({ code, recoveryCode }: VerifySecondFactor) {
  if (code !== undefined) return "authenticator";
  return recoveryCode === undefined ? "passkey" : "recovery-code";
}

async function spend(
  ctx: Context,
  tx: Transaction,
  {
    userId,
    token,
    step,
    recoveryCode,
    passkey,
  }: VerifySecondFactor & { userId: string; step: bigint | null },
): Promise<boolean> {
  if (step !== null) return spendStep(tx, { userId, step });
  if (recoveryCode !== undefined) return spendRecoveryCode(ctx, tx, { userId, code: recoveryCode });
  return passkey !== undefined && (await checkPasskey(ctx, tx, { token, passkey, userId })) !== null;
}

const wrongWords = {
  authenticator: "This code does not fit. Wait for the next one and try again.",
  "recovery-code": "This recovery code is not one of yours, or it has been used. Try another.",
  passkey: "This passkey was not accepted. Try again, or use another way.",
};

async function refuse(
  ctx: Context,
  input: {
    challenge: OpenChallenge;
    user: { id: string; email: string };
    method: keyof typeof wrongWords;
    source: string;
  },
): Promise<AppError> {
  const { user, method } = input;
  await ctx.throttles.signIn.recordFailure({ source: input.source, account: user.email });
  await recordEvent(ctx, { type: "auth.second_factor_failed", userId: user.id, data: { method } });
  ctx.log.warn({ event: "authn_login_fail", userId: user.id, method }, "second factor refused");
  if (input.challenge.attempts >= maxAttempts) return challengeOver();
  const path = method === "recovery-code" ? "recoveryCode" : method === "passkey" ? "passkey" : "code";
  const message = wrongWords[method];
  return new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path, message }] });
}
