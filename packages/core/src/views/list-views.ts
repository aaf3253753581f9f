import { can } from "../auth/policy";
import type { PersonContext } from "../context";
import { listLeads } from "../leads/list-leads";
import { givenViews, mayDeleteView, queryOfView, weekStartIn } from "./policy";
import { givenViewKeys, type ListView } from "./schema";

type Uncounted = Omit<ListView, "count" | "countIsExact">;

/** The views a person can choose from: those everybody has, their own, those shared by others; those in the rail with their counts. */
export async function listViews(ctx: PersonContext): Promise<ListView[]> {
  const views = [...listGivenViews(ctx), ...(await listKeptViews(ctx))];
  return Promise.all(views.map((view) => countView(ctx, view)));
}

async function countView(ctx: PersonContext, view: Uncounted): Promise<ListView> {
  if (!view.isPinned) return { ...view, count: null, countIsExact: false };
  const query = queryOfView(view.address);
  // A colleague's view may search in resumes that this person does not see.
  const area = can(ctx.actor.user, "resumes.read") ? query.in : "everything";
  const { total, totalIsExact } = await listLeads(ctx, { ...query, in: area, limit: 1 });
  return { ...view, count: total, countIsExact: totalIsExact };
}

function listGivenViews(ctx: PersonContext): Uncounted[] {
  const given = givenViews(weekStartIn(ctx.now(), ctx.actor.user.timeZone));
  return givenViewKeys.map((id) => ({
    id,
    ...given[id],
    isPinned: true,
    isShared: true,
    isYours: false,
    mayDelete: false,
    owner: null,
  }));
}

async function listKeptViews(ctx: PersonContext): Promise<Uncounted[]> {
  const { user } = ctx.actor;
  const views = await ctx.db.prisma.savedView.findMany({
    where: { OR: [{ ownerId: user.id }, { isShared: true }] },
    select: {
      id: true,
      name: true,
      address: true,
      isShared: true,
      ownerId: true,
      owner: { select: { name: true } },
      pins: { where: { userId: user.id }, select: { position: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return views
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .map(({ ownerId, owner, pins, ...view }) => {
      const isOwn = ownerId === user.id;
      return {
        ...view,
        isPinned: pins.length > 0,
        isYours: isOwn,
        mayDelete: mayDeleteView(user, { isOwn, isShared: view.isShared }),
        owner: owner.name,
      };
    });
}

function placeOf({ pins }: { pins: { position: number }[] }): number {
  return pins[0]?.position ?? Number.MAX_SAFE_INTEGER;
}
