import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";

/** Signs a person out everywhere, for a lost laptop say; their account and API keys stay. Throws NOT_FOUND. */
export async function endSessionsOf(
  ctx: StaffContext,
  { userId }: { userId: string },
): Promise<{ ended: number }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    if (!(await tx.user.findUnique({ where: { id: userId }, select: { id: true } })))
      throw new AppError("NOT_FOUND", "This person is not here.");
    const { count } = await tx.session.deleteMany({ where: { userId } });
    const event = { type: "user.sessions_ended", userId, data: { ended: count } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return { ended: count };
  });
}

/** Signs everybody out, the caller included: after a leak, say. */
export async function endAllSessions(ctx: StaffContext): Promise<{ ended: number }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const ended = await tx.$executeRaw`DELETE FROM sessions`;
    await tx.$executeRaw(eventInsert(ctx, { type: "auth.all_sessions_ended", data: { ended } }).sql);
    return { ended };
  });
}
