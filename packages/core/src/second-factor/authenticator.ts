import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { createAuthenticator, findStep } from "./authenticator-code";
import type { AuthenticatorSetup, RecoveryCodes } from "./schema";
import { assertNotLastNeeded, lockFactors, settleChange } from "./settle-change";

/** A new secret for the caller's authenticator app. It counts only after `confirmAuthenticator`. Throws CONFLICT when one is in use. */
export async function startAuthenticator(ctx: PersonContext): Promise<AuthenticatorSetup> {
  const { user } = ctx.actor;
  const { sealed, secret, uri } = await createAuthenticator(ctx, user);
  const started = await ctx.db.prisma.user.updateMany({
    where: { id: user.id, totpConfirmedAt: null },
    data: { totpSecret: sealed, totpLastStep: null },
  });
  if (started.count === 0)
    throw new AppError("CONFLICT", "You have an authenticator already. Remove it before you set up another.");
  return { secret, uri };
}

/** Takes the authenticator into use once its app shows a right code. Throws UNPROCESSABLE_CONTENT for a wrong one. */
export async function confirmAuthenticator(
  ctx: PersonContext,
  input: { code: string },
): Promise<RecoveryCodes> {
  const userId = ctx.actor.user.id;
  const select = { totpSecret: true, totpConfirmedAt: true } as const;
  const { totpSecret: sealedSecret } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select,
  });
  // Before the transaction: the master key may be a network call away.
  const step = sealedSecret && (await findStep(ctx, { userId, sealedSecret, code: input.code }));
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    const { totpSecret, totpConfirmedAt } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select,
    });
    if (totpSecret === null || totpSecret !== sealedSecret || totpConfirmedAt !== null)
      throw new AppError("CONFLICT", "No authenticator is being set up. Start again.");
    if (!step) {
      const message =
        "This code does not fit. Check that the clock of your phone is right, and use the newest code.";
      throw new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path: "code", message }] });
    }
    await tx.user.update({
      where: { id: userId },
      data: { totpConfirmedAt: ctx.now(), totpLastStep: step },
      select: { id: true },
    });
    const kind = "authenticator";
    return {
      recoveryCodes: await settleChange(ctx, tx, { userId, type: "second_factor.added", data: { kind } }),
    };
  });
}

/** Takes the caller's authenticator out of use. Throws CONFLICT when their role needs it. */
export async function removeAuthenticator(ctx: PersonContext): Promise<void> {
  const userId = ctx.actor.user.id;
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    const { totpConfirmedAt } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { totpConfirmedAt: true },
    });
    if (totpConfirmedAt === null) throw new AppError("NOT_FOUND", "You have no authenticator.");
    await assertNotLastNeeded(tx, userId);
    await tx.user.update({
      where: { id: userId },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
      select: { id: true },
    });
    const kind = "authenticator";
    await settleChange(ctx, tx, { userId, type: "second_factor.removed", data: { kind } });
  });
}
