import type { Context } from "./context";

/**
 * Reads from a replica that shows what the caller knows of, or else from the primary; also when the replica fails on the way. For lists,
 * searches, reports and their like: `read` changes nothing, and nothing is changed by what it finds. A read that has been handed on in part
 * is not repeated.
 */
export async function readReplica<Ctx extends Context, Result>(
  ctx: Ctx,
  read: (ctx: Ctx) => Promise<Result>,
  mayRepeat: () => boolean = () => true,
): Promise<Result> {
  const db = await ctx.replicas.find(ctx.mustSee ?? 0);
  if (!db) return read(ctx);
  try {
    return await read({ ...ctx, db });
  } catch (error) {
    if (!mayRepeat() || !ctx.replicas.isReplicasFault(error)) throw error;
    return read(ctx);
  }
}
