import { eventInsert } from "../audit/record-event";
import { hashPassword } from "../auth/passwords";
import type { Context } from "../context";
import { AppError } from "../errors";
import { hashToken } from "../keyring";
import { queueSecurityNotice } from "../mail/security-notice";
import { checkPassword, getPasswordRules } from "./check-password";
import type { PasswordRules, ResetPassword } from "./schema";

/** Whose reset link this is and what the new password is judged by; null for a dead link. Asking changes nothing (detail 4.62). */
export async function findPasswordReset(
  ctx: Context,
  { token }: { token: string },
): Promise<{ rules: PasswordRules } | null> {
  const user = await findOwner(ctx, token);
  return user && { rules: await getPasswordRules(ctx, user) };
}

/**
 * Spends the link and sets the password; all sessions of the person end and a mail tells them. Nobody is signed in by it. Throws NOT_FOUND
 * for a used, replaced or old link, UNPROCESSABLE_CONTENT for a weak password, which does not spend it.
 */
export async function resetPassword(ctx: Context, { token, password }: ResetPassword): Promise<void> {
  const user = await findOwner(ctx, token);
  if (!user) throw deadLink();
  await checkPassword(ctx, { ...user, password });
  const passwordHash = await hashPassword(password);
  const at = ctx.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    const spent = await tx.oneTimeToken.updateManyAndReturn({
      where: { ...liveLink(ctx, token), userId: user.id },
      data: { usedAt: at },
      select: { id: true },
    });
    if (spent.length === 0) throw deadLink();
    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash, passwordChangedAt: at },
      select: { id: true },
    });
    await tx.session.deleteMany({ where: { userId: user.id } });
    await tx.authChallenge.deleteMany({ where: { userId: user.id } });
    await tx.$executeRaw(eventInsert(ctx, { type: "password.reset", userId: user.id }).sql);
    await queueSecurityNotice(ctx, tx, { userId: user.id, notice: "password.reset" });
  });
}

function liveLink(ctx: Pick<Context, "now">, token: string) {
  return {
    tokenHash: hashToken(token),
    purpose: "PASSWORD_RESET",
    usedAt: null,
    expiresAt: { gt: ctx.now() },
    user: { disabledAt: null },
  } as const;
}

async function findOwner(ctx: Context, token: string) {
  const link = await ctx.db.prisma.oneTimeToken.findFirst({
    where: liveLink(ctx, token),
    select: { user: { select: { id: true, email: true, name: true } } },
  });
  return link?.user ?? null;
}

function deadLink(): AppError {
  return new AppError("NOT_FOUND", "This link has been used or is older than 30 minutes. Ask for a new one.");
}
