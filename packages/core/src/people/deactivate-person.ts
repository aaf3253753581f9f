import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { keepAnAdmin } from "./last-admin";

/** Ends a person's access at once: sessions, API keys, links and sign-ins under way. Throws NOT_FOUND, or CONFLICT for the last admin. */
export async function deactivatePerson(ctx: StaffContext, { userId }: { userId: string }): Promise<void> {
  const at = ctx.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    await keepAnAdmin(tx, { without: userId });
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: null },
      data: { disabledAt: at },
    });
    if (count === 0) throw notHere();
    await tx.session.deleteMany({ where: { userId } });
    await tx.authChallenge.deleteMany({ where: { userId } });
    await tx.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: at } });
    await tx.oneTimeToken.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } });
    await tx.$executeRaw(eventInsert(ctx, { type: "user.deactivated", userId }).sql);
  });
}

/** Lets a person in again, with the password and role they had; ended sessions and keys stay ended. Throws NOT_FOUND. */
export async function reactivatePerson(ctx: StaffContext, { userId }: { userId: string }): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: { not: null } },
      data: { disabledAt: null },
    });
    if (count === 0) throw notHere();
    await tx.$executeRaw(eventInsert(ctx, { type: "user.reactivated", userId }).sql);
  });
}

function notHere(): AppError {
  return new AppError("NOT_FOUND", "This has been done already, or the person is not here.");
}
