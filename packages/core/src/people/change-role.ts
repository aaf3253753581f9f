import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { keepAnAdmin } from "./last-admin";
import type { ChangeRole } from "./schema";

/** Gives a person another role; it holds from their next call on. Throws NOT_FOUND, or CONFLICT for the last admin. */
export async function changeRole(ctx: StaffContext, { userId, role }: ChangeRole): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    if (role !== "ADMIN") await keepAnAdmin(tx, { without: userId });
    const before = await tx.user.findUnique({ where: { id: userId }, select: { role: true } });
    if (!before) throw new AppError("NOT_FOUND", "This person is not here.");
    if (before.role === role) return;
    await tx.user.update({ where: { id: userId }, data: { role }, select: { id: true } });
    const event = { type: "user.role_changed", userId, data: { from: before.role, to: role } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
}
