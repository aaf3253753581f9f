import type { Context } from "../context";
import { challengeSeconds, startChallenge } from "./challenges";
import type { SecondFactorMethod, SecondFactorNeeded } from "./schema";

/** The question for the second factor of somebody whose password fits. Tells nothing about the person. */
export async function askSecondFactor(ctx: Context, user: { id: string }): Promise<SecondFactorNeeded> {
  const token = await startChallenge(ctx, { purpose: "SECOND_FACTOR", userId: user.id });
  const owned = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: user.id },
    select: {
      totpConfirmedAt: true,
      _count: { select: { passkeys: true, recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  const methods: SecondFactorMethod[] = [
    ...(owned.totpConfirmedAt === null ? [] : (["authenticator"] as const)),
    ...(owned._count.passkeys === 0 ? [] : (["passkey"] as const)),
    ...(owned._count.recoveryCodes === 0 ? [] : (["recovery-code"] as const)),
  ];
  return { secondFactor: { token, methods, expiresIn: challengeSeconds } };
}
