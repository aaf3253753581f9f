import { eventInsert } from "../audit/record-event";
import { can, explainDenial } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { mayDeleteView } from "./policy";
import type { ChangeView } from "./schema";

/** Renames, readdresses, shares or unshares one's own view. Throws NOT_FOUND, or FORBIDDEN for a colleague's. */
export async function changeView(ctx: PersonContext, { viewId, ...change }: ChangeView): Promise<void> {
  const { user } = ctx.actor;
  const view = await findVisible(ctx, viewId);
  if (view.ownerId !== user.id) throw new AppError("FORBIDDEN", "Only its owner can change this view.");
  if (change.isShared && !can(user, "views.share"))
    throw new AppError("FORBIDDEN", explainDenial("views.share"));
  const { name, address, isShared } = change;
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.savedView.update({
      where: { id: viewId },
      data: {
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
        ...(isShared !== undefined && { isShared }),
        updatedAt: ctx.now(),
      },
    });
    // No longer shared, it leaves the rails of the others.
    if (isShared === false) await tx.viewPin.deleteMany({ where: { viewId, userId: { not: user.id } } });
    const fields = Object.keys(change).sort().join(" ");
    await tx.$executeRaw(eventInsert(ctx, { type: "view.changed", data: { viewId, fields } }).sql);
  });
}

/** Deletes one's own view, or as an admin one that is shared. Throws NOT_FOUND or FORBIDDEN. */
export async function deleteView(ctx: PersonContext, { viewId }: { viewId: string }): Promise<void> {
  const { user } = ctx.actor;
  const view = await findVisible(ctx, viewId);
  if (!mayDeleteView(user, { isOwn: view.ownerId === user.id, isShared: view.isShared }))
    throw new AppError("FORBIDDEN", "Only its owner or an admin can delete this view.");
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.viewPin.deleteMany({ where: { viewId } });
    const { count } = await tx.savedView.deleteMany({ where: { id: viewId } });
    // Somebody else was faster, and has told the audit.
    if (count === 0) return;
    await tx.$executeRaw(eventInsert(ctx, { type: "view.deleted", data: { viewId } }).sql);
  });
}

/** A view the caller may know of. */
async function findVisible(ctx: PersonContext, viewId: string) {
  const view = await ctx.db.prisma.savedView.findFirst({
    where: { id: viewId, OR: [{ ownerId: ctx.actor.user.id }, { isShared: true }] },
    select: { ownerId: true, isShared: true },
  });
  if (!view) throw new AppError("NOT_FOUND", "This view is gone.");
  return view;
}
