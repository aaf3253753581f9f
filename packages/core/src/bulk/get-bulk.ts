import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { bulkSelect, toProgress } from "./bulk-row";
import { undoMinutes } from "./policy";
import type { BulkProgress } from "./schema";

/** How far one of the caller's own changes has come. Throws NOT_FOUND, for those of others too. */
export async function getBulk(
  ctx: Pick<PersonContext, "db" | "actor" | "now">,
  bulkId: string,
): Promise<BulkProgress> {
  const row = await ctx.db.prisma.bulkAction.findUnique({
    where: { id: bulkId, startedById: ctx.actor.user.id },
    select: bulkSelect,
  });
  if (!row) throw new AppError("NOT_FOUND", "This change does not exist or is not yours.");
  return toProgress(row, ctx.now());
}

/** The caller's newest changes that are under way or can still be taken back, newest first; at most five. */
export async function listMyBulk(ctx: Pick<PersonContext, "db" | "actor" | "now">): Promise<BulkProgress[]> {
  const since = new Date(ctx.now().getTime() - undoMinutes * 60_000);
  const rows = await ctx.db.prisma.bulkAction.findMany({
    where: {
      startedById: ctx.actor.user.id,
      undoneBy: null,
      OR: [{ finishedAt: null }, { finishedAt: { gt: since } }],
    },
    orderBy: { createdAt: "desc" },
    take: 5,
    select: bulkSelect,
  });
  return rows.map((row) => toProgress(row, ctx.now()));
}
