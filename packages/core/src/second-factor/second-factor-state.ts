import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { replaceRecoveryCodes } from "./recovery-codes";
import type { RecoveryCodes, SecondFactorState } from "./schema";
import { isSecondFactorRequired, lockFactors, settleChange } from "./settle-change";

/** The caller's own factors. */
export async function getSecondFactorState(ctx: PersonContext): Promise<SecondFactorState> {
  const userId = ctx.actor.user.id;
  const user = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      passwordHash: true,
      totpConfirmedAt: true,
      passkeys: {
        select: { id: true, name: true, createdAt: true, lastUsedAt: true, isBackedUp: true },
        orderBy: { id: "asc" },
      },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return {
    authenticatorSince: user.totpConfirmedAt?.toISOString() ?? null,
    passkeys: user.passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
      ...passkey,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodesLeft: user._count.recoveryCodes,
    isRequired: await isSecondFactorRequired(ctx.db.prisma, userId),
    hasPassword: user.passwordHash !== null,
  };
}

/** Ten new recovery codes for the caller; the old ones stop working. Throws CONFLICT without a second factor. */
export async function renewRecoveryCodes(ctx: PersonContext): Promise<RecoveryCodes> {
  const userId = ctx.actor.user.id;
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    const { secondFactorAt } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { secondFactorAt: true },
    });
    if (secondFactorAt === null)
      throw new AppError("CONFLICT", "Recovery codes come with a second factor. Set one up first.");
    const recoveryCodes = await replaceRecoveryCodes(ctx, tx, userId);
    await settleChange(ctx, tx, { userId, type: "recovery_codes.renewed" });
    return { recoveryCodes };
  });
}
