import type { Transaction } from "@intake/db/database";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { type PinView, viewLimits } from "./schema";

/** Puts a view into the caller's rail or takes it out; it stays where it is otherwise. Throws NOT_FOUND, or CONFLICT when the rail is full. */
export async function pinView(ctx: PersonContext, { viewId, isPinned }: PinView): Promise<void> {
  const userId = ctx.actor.user.id;
  const view = await ctx.db.prisma.savedView.findFirst({
    where: { id: viewId, OR: [{ ownerId: userId }, { isShared: true }] },
    select: { id: true },
  });
  if (!view) throw new AppError("NOT_FOUND", "This view is gone.");
  if (!isPinned) {
    await ctx.db.prisma.viewPin.deleteMany({ where: { userId, viewId } });
    return;
  }
  const isThere = await ctx.db.prisma.$transaction((tx) => pinLast(tx, { userId, viewId }));
  if (!isThere)
    throw new AppError("CONFLICT", `Your list of views is full at ${viewLimits.pinned}. Take one out first.`);
}

/** Whether the view is in the rail now, at its end unless it was there already. */
export async function pinLast(
  tx: Transaction,
  { userId, viewId }: { userId: string; viewId: string },
): Promise<boolean> {
  const pins = await tx.viewPin.findMany({ where: { userId }, select: { viewId: true, position: true } });
  if (pins.some((pin) => pin.viewId === viewId)) return true;
  if (pins.length >= viewLimits.pinned) return false;
  const position = Math.max(-1, ...pins.map((pin) => pin.position)) + 1;
  // Two tabs at once: the first one stands.
  await tx.viewPin.createMany({ data: [{ userId, viewId, position }], skipDuplicates: true });
  return true;
}
