import type { Context } from "../context";

/** Files that cannot be opened because no scanner has looked at them yet. */
export async function countWaitingScans(ctx: Pick<Context, "db">): Promise<number> {
  return ctx.db.prisma.resume.count({ where: { scanState: "PENDING" } });
}
