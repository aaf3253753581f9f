import { isUniqueViolation } from "@intake/db/connection-errors";
import { Prisma, type Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { Context, PersonContext } from "../context";
import { AppError } from "../errors";
import { getBulk } from "./get-bulk";
import { canUndo } from "./policy";
import { type BulkProgress, bulkChangeSchema } from "./schema";
import { beginBulk } from "./start-bulk";

type Ending = "DONE" | "FAILED" | "CANCELLED";

/** Marks an action as ended, once, with its event; false when it had ended before. */
export async function finishBulk(
  ctx: Pick<Context, "actor" | "requestId" | "source" | "now">,
  tx: Transaction,
  { bulkId, state }: { bulkId: string; state: Ending },
): Promise<boolean> {
  const [ended] = await tx.$queryRaw<{ kind: string; done: number; skipped: number }[]>(
    Prisma.sql`UPDATE bulk_actions SET state = ${state}::bulk_state, finished_at = ${ctx.now()}
      WHERE id = ${bulkId}::uuid AND finished_at IS NULL RETURNING kind::text, done, skipped`,
  );
  if (!ended) return false;
  await tx.$executeRaw(eventInsert(ctx, { type: "bulk.finished", data: { bulkId, state, ...ended } }).sql);
  return true;
}

/** Stops one of the caller's changes after the leads it is at; what was done stays done and can be taken back. Throws NOT_FOUND. */
export async function cancelBulk(ctx: PersonContext, { bulkId }: { bulkId: string }): Promise<BulkProgress> {
  await getBulk(ctx, bulkId);
  await ctx.db.prisma.$transaction((tx) => finishBulk(ctx, tx, { bulkId, state: "CANCELLED" }));
  return getBulk(ctx, bulkId);
}

/**
 * Takes back one of the caller's changes, by a change of its own: each lead becomes what it was before, except those that were changed
 * since. Throws NOT_FOUND, CONFLICT when it is under way, taken back already or older than an hour.
 */
export async function undoBulk(ctx: PersonContext, { bulkId }: { bulkId: string }): Promise<BulkProgress> {
  const action = await ctx.db.prisma.bulkAction.findUnique({
    where: { id: bulkId, startedById: ctx.actor.user.id },
    select: {
      change: true,
      undoesId: true,
      done: true,
      finishedAt: true,
      undoneBy: { select: { id: true } },
    },
  });
  if (!action) throw new AppError("NOT_FOUND", "This change does not exist or is not yours.");
  if (!canUndo({ ...action, undoneById: action.undoneBy?.id ?? null }, ctx.now()))
    throw new AppError("CONFLICT", "This change can no longer be taken back.");
  const beginning = beginBulk(ctx, {
    change: bulkChangeSchema.parse(action.change),
    undoesId: bulkId,
    choose: (undoId) => Prisma.sql`INSERT INTO bulk_changes (bulk_id, lead_id, version_before)
      SELECT ${undoId}::uuid, lead_id, version_after FROM bulk_changes WHERE bulk_id = ${bulkId}::uuid AND is_changed`,
    check: () => undefined,
  });
  return beginning.catch((error: unknown) => {
    // Two presses at once: one of them takes it back.
    if (!isUniqueViolation(error, "bulk_actions_undoes_id_key")) throw error;
    throw new AppError("CONFLICT", "This change is being taken back already.", { cause: error });
  });
}
