import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import { can, explainDenial } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { pinLast } from "./pin-view";
import { type SaveView, viewLimits } from "./schema";

/** Keeps a view of the list and puts it into the rail while there is room. Throws FORBIDDEN for who may not share, CONFLICT when there are too many. */
export async function saveView(ctx: PersonContext, input: SaveView): Promise<{ id: string }> {
  const { user } = ctx.actor;
  if (input.isShared && !can(user, "views.share"))
    throw new AppError("FORBIDDEN", explainDenial("views.share"));
  const { prisma } = ctx.db;
  if ((await prisma.savedView.count({ where: { ownerId: user.id } })) >= viewLimits.kept)
    throw new AppError("CONFLICT", `You keep ${viewLimits.kept} views already. Delete one first.`);
  const id = uuidv7();
  const now = ctx.now();
  await prisma.$transaction(async (tx) => {
    const { name, address, isShared } = input;
    await tx.savedView.create({
      data: { id, ownerId: user.id, name, address, isShared, createdAt: now, updatedAt: now },
    });
    await pinLast(tx, { userId: user.id, viewId: id });
    await tx.$executeRaw(eventInsert(ctx, { type: "view.saved", data: { viewId: id, isShared } }).sql);
  });
  return { id };
}
