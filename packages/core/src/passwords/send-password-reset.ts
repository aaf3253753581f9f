import { uuidv7 } from "uuidv7";
import { oneTimeToken } from "../auth/one-time-token";
import type { Context } from "../context";
import { hashToken } from "../keyring";
import { queueMail } from "../mail/queue-mail";

/** Minutes a reset link works (security figures). */
const resetMinutes = 30;

/** Makes a reset link and puts its mail into the outbox; links sent before stop working. For nobody it does nothing. */
export async function sendPasswordReset(ctx: Context, { userId }: { userId: string | null }): Promise<void> {
  if (userId === null) return;
  const tokenId = uuidv7();
  const at = ctx.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    const user = await tx.user.findFirst({
      where: { id: userId, disabledAt: null },
      select: { email: true },
    });
    if (!user) return;
    await tx.oneTimeToken.updateMany({
      where: { userId, purpose: "PASSWORD_RESET", usedAt: null },
      data: { usedAt: at },
    });
    await tx.oneTimeToken.create({
      data: {
        id: tokenId,
        purpose: "PASSWORD_RESET",
        userId,
        tokenHash: hashToken(oneTimeToken(ctx, tokenId)),
        expiresAt: new Date(at.getTime() + resetMinutes * 60_000),
        createdAt: at,
      },
    });
    await queueMail(ctx, tx, { kind: "PASSWORD_RESET", to: user.email, userId, tokenId });
  });
}
