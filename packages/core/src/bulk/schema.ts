/** Changing many leads at once. Browser-safe. */
import { z } from "zod";
import { contactChannelSchema, leadStatusSchema } from "../leads/schema";
import { leadSelectionSchema } from "../selection/schema";

export const bulkChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("STATUS"),
    status: leadStatusSchema,
    /** How they were reached, when they were. */
    channel: contactChannelSchema.optional(),
  }),
  /** Null for nobody. */
  z.strictObject({ kind: z.literal("ASSIGN"), assigneeId: z.uuid().nullable() }),
]);
export type BulkChange = z.output<typeof bulkChangeSchema>;

export const startBulkSchema = z.strictObject({
  selection: leadSelectionSchema,
  change: bulkChangeSchema,
  /** What `bulk.count` said and the person confirmed: never more leads than these, and none that arrived later. */
  confirmed: z.strictObject({ total: z.int().min(1), countedAt: z.iso.datetime() }),
});
export type StartBulk = z.output<typeof startBulkSchema>;

export const bulkIdSchema = z.strictObject({ bulkId: z.uuid() });

export const bulkProgressSchema = z.object({
  id: z.uuid(),
  state: z.enum(["QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"]),
  change: bulkChangeSchema,
  /** Whether it takes back an earlier one. */
  isUndo: z.boolean(),
  total: z.int(),
  done: z.int(),
  /** Left alone: changed by somebody else meanwhile, or so already. */
  skipped: z.int(),
  finishedAt: z.iso.datetime().nullable(),
  canUndo: z.boolean(),
});
export type BulkProgress = z.infer<typeof bulkProgressSchema>;
