import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import type { ChangeInvitationRole } from "./schema";

/** Gives an open invitation another role; its link stays good. Throws NOT_FOUND when it was accepted or revoked. */
export async function changeInvitationRole(
  ctx: StaffContext,
  { invitationId, role }: ChangeInvitationRole,
): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const before = await tx.invitation.findUnique({ where: { id: invitationId }, select: { role: true } });
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, acceptedAt: null, revokedAt: null },
      data: { role },
    });
    if (!before || count === 0) throw new AppError("NOT_FOUND", "This invitation is not open any more.");
    if (before.role === role) return;
    const data = { invitationId, from: before.role, to: role };
    await tx.$executeRaw(eventInsert(ctx, { type: "invitation.role_changed", data }).sql);
  });
}
