import { eventInsert, recordEvent } from "../audit/record-event";
import { hashPassword, verifyPassword } from "../auth/passwords";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { queueSecurityNotice } from "../mail/security-notice";
import { checkPassword } from "./check-password";
import type { ChangePassword } from "./schema";

/**
 * Changes the caller's password; every other session of theirs ends and a mail tells them. Throws UNPROCESSABLE_CONTENT for a wrong current
 * or a weak new password, TOO_MANY_REQUESTS when the current one was wrong too often. `source` is the client's address.
 */
export async function changePassword(
  ctx: PersonContext,
  { currentPassword, newPassword, source }: ChangePassword & { source: string },
): Promise<void> {
  const { user, sessionId } = ctx.actor;
  const attempt = { source, account: user.email };
  await ctx.throttles.signIn.admit(attempt);
  const { passwordHash } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { passwordHash: true },
  });
  if (!(await verifyPassword(passwordHash, currentPassword))) {
    await ctx.throttles.signIn.recordFailure(attempt);
    await recordEvent(ctx, { type: "password.change_refused", userId: user.id });
    throw wrongField("currentPassword", "This is not your current password.");
  }
  if (newPassword === currentPassword)
    throw wrongField("newPassword", "This is the password you have. Choose another one.");
  await checkPassword(ctx, { ...user, password: newPassword, path: "newPassword" });
  const newHash = await hashPassword(newPassword);
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash: newHash, passwordChangedAt: ctx.now() },
      select: { id: true },
    });
    await tx.session.deleteMany({ where: { userId: user.id, id: { not: sessionId } } });
    await tx.oneTimeToken.updateMany({
      where: { userId: user.id, purpose: "PASSWORD_RESET", usedAt: null },
      data: { usedAt: ctx.now() },
    });
    await tx.$executeRaw(eventInsert(ctx, { type: "password.changed", userId: user.id }).sql);
    await queueSecurityNotice(ctx, tx, { userId: user.id, notice: "password.changed" });
  });
}

function wrongField(path: string, message: string): AppError {
  return new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path, message }] });
}
