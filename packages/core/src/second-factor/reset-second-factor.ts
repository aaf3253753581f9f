import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { lockFactors, settleChange } from "./settle-change";

/**
 * An admin's way back in for a colleague who lost phone and codes: all their factors go, their sessions end, and a mail tells them.
 * Throws NOT_FOUND, CONFLICT when there is nothing to reset, FORBIDDEN for oneself.
 */
export async function resetSecondFactor(ctx: StaffContext, { userId }: { userId: string }): Promise<void> {
  if (userId === ctx.actor.user.id)
    throw new AppError("FORBIDDEN", "Change your own second factor under Security.");
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    const user = await tx.user.findUnique({ where: { id: userId }, select: { secondFactorAt: true } });
    if (!user) throw new AppError("NOT_FOUND", "There is no such person.");
    if (user.secondFactorAt === null)
      throw new AppError("CONFLICT", "This person has no second factor to reset.");
    await tx.passkey.deleteMany({ where: { userId } });
    await tx.user.update({
      where: { id: userId },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
      select: { id: true },
    });
    await tx.session.deleteMany({ where: { userId } });
    await tx.authChallenge.deleteMany({ where: { userId } });
    await settleChange(ctx, tx, { userId, type: "second_factor.reset" });
  });
}
