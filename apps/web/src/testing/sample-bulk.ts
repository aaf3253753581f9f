import type { BulkProgress } from "@intake/core/bulk/schema";
import { sampleId } from "./sample-data";

/** A change of forty leads that has just been asked for. */
export function sampleBulk(changes: Partial<BulkProgress> = {}): BulkProgress {
  return {
    ...{ id: sampleId(950), state: "QUEUED", change: { kind: "STATUS", status: "REACHED_OUT" } },
    ...{ isUndo: false, total: 40, done: 0, skipped: 0, finishedAt: null, canUndo: false },
    ...changes,
  };
}
