import { eventInsert, recordEvent } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { spendChallenge, startChallenge, takeAttempt } from "../second-factor/challenges";
import { checkPasskey, passkeyQuestion } from "../second-factor/check-passkey";
import type { StepUp, StepUpMethods } from "../second-factor/schema";
import { verifyPassword } from "./passwords";

/** How the caller can prove who they are, with the passkey question ready to be asked. */
export async function askStepUp(ctx: PersonContext): Promise<StepUpMethods> {
  const userId = ctx.actor.user.id;
  const { passwordHash, _count } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, _count: { select: { passkeys: true } } },
  });
  if (_count.passkeys === 0) return { hasPassword: passwordHash !== null, passkey: null };
  const token = await startChallenge(ctx, { purpose: "STEP_UP", userId });
  return { hasPassword: passwordHash !== null, passkey: await passkeyQuestion(ctx, { token, userId }) };
}

/**
 * Proves again, by password or passkey, that the person at the screen is the one who signed in: for ten minutes this session may do what
 * a stolen one must not. Failures count as those of signing in. Throws UNPROCESSABLE_CONTENT, UNAUTHORIZED, TOO_MANY_REQUESTS.
 */
export async function stepUp(ctx: PersonContext, input: StepUp & { source: string }): Promise<void> {
  const { user } = ctx.actor;
  const throttled = { source: input.source, account: user.email };
  await ctx.throttles.signIn.admit(throttled);
  const method = "password" in input ? "PASSWORD" : "PASSKEY";
  const fits = "password" in input ? await passwordFits(ctx, input.password) : await passkeyFits(ctx, input);
  if (!fits) {
    await ctx.throttles.signIn.recordFailure(throttled);
    await recordEvent(ctx, { type: "auth.step_up_failed", userId: user.id, data: { method } });
    ctx.log.warn({ event: "authn_step_up_fail", userId: user.id, method }, "step-up refused");
    const [path, message] =
      method === "PASSWORD"
        ? ["password", "This is not your password. Check it and try again."]
        : ["passkey", "This passkey was not accepted. Try again, or use your password."];
    throw new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path, message }] });
  }
  await ctx.throttles.signIn.recordSuccess(throttled);
  const { sessionId } = ctx.actor;
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.session.updateMany({ where: { id: sessionId }, data: { provedAt: ctx.now() } }),
    ctx.db.prisma.$executeRaw(
      eventInsert(ctx, { type: "auth.stepped_up", userId: user.id, data: { sessionId, method } }).sql,
    ),
  ]);
}

async function passwordFits(ctx: PersonContext, password: string): Promise<boolean> {
  const { passwordHash } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: ctx.actor.user.id },
    select: { passwordHash: true },
  });
  return verifyPassword(passwordHash, password);
}

async function passkeyFits(
  ctx: PersonContext,
  { token, passkey }: Extract<StepUp, { token: string }>,
): Promise<boolean> {
  const userId = ctx.actor.user.id;
  const challenge = await takeAttempt(ctx, { purpose: "STEP_UP", token, userId });
  if (!challenge) return false;
  return ctx.db.prisma.$transaction(async (tx) => {
    if ((await checkPasskey(ctx, tx, { token, passkey, userId })) === null) return false;
    await spendChallenge(ctx, tx, challenge);
    return true;
  });
}
