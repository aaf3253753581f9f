import type { Prisma } from "@intake/db/database";
import { canUndo } from "./policy";
import { type BulkProgress, bulkChangeSchema } from "./schema";

/** What its person sees of a change of many leads. */
export const bulkSelect = {
  id: true,
  state: true,
  change: true,
  undoesId: true,
  total: true,
  done: true,
  skipped: true,
  finishedAt: true,
  undoneBy: { select: { id: true } },
} satisfies Prisma.BulkActionSelect;

type BulkRow = Prisma.BulkActionGetPayload<{ select: typeof bulkSelect }>;

export function toProgress(row: BulkRow, now: Date): BulkProgress {
  return {
    id: row.id,
    state: row.state,
    change: bulkChangeSchema.parse(row.change),
    isUndo: row.undoesId !== null,
    total: row.total,
    done: row.done,
    skipped: row.skipped,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    canUndo: canUndo({ ...row, undoneById: row.undoneBy?.id ?? null }, now),
  };
}
