import type { PersonContext } from "../context";
import { type ListHabits, type ListLayout, listLayoutSchema, startingLayout } from "./schema";

/** How the caller has laid out their list, and up to when they have seen it. */
export async function getListHabits(ctx: PersonContext): Promise<ListHabits> {
  const { listLayout, lookedAt } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: ctx.actor.user.id },
    select: { listLayout: true, lookedAt: true },
  });
  // What an older version kept and this one does not understand is as if nothing was kept.
  const layout = listLayoutSchema.safeParse(listLayout);
  return { layout: layout.success ? layout.data : startingLayout, lookedAt: lookedAt?.toISOString() ?? null };
}

export async function keepLayout(ctx: PersonContext, layout: ListLayout): Promise<void> {
  await ctx.db.prisma.user.update({
    where: { id: ctx.actor.user.id },
    data: { listLayout: layout },
    select: { id: true },
  });
}

/** The caller has seen the list up to here; it never goes back, and never into the future. */
export async function noteLook(ctx: PersonContext, { at }: { at: string }): Promise<void> {
  const seen = new Date(Math.min(Date.parse(at), ctx.now().getTime()));
  await ctx.db.prisma.user.updateMany({
    where: { id: ctx.actor.user.id, OR: [{ lookedAt: null }, { lookedAt: { lt: seen } }] },
    data: { lookedAt: seen },
  });
}
