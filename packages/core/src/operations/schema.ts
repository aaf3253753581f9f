import { z } from "zod";

const moment = z.iso.datetime();

export const deadJobSchema = z.object({
  id: z.uuid(),
  /** The queue it is from. */
  name: z.string(),
  createdAt: moment,
  failedAt: moment,
  tries: z.int(),
});
export type DeadJobEntry = z.infer<typeof deadJobSchema>;

export const queueEntrySchema = z.object({
  name: z.string(),
  waiting: z.int(),
  running: z.int(),
  dead: z.int(),
  oldestAt: moment.nullable(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

/** How it stands with everything that can fail by itself. A part that did not answer in time is null. */
export const operationsSchema = z.object({
  checkedAt: moment,
  database: z.object({ answerMs: z.number(), version: z.string(), sizeBytes: z.int() }).nullable(),
  storage: z.object({
    answerMs: z.number().nullable(),
    usedBytes: z.int(),
    files: z.int(),
    quotaBytes: z.int().nullable(),
  }),
  scanner: z.object({
    name: z.enum(["none", "clamav"]),
    version: z.string().nullable(),
    waiting: z.int(),
    oldestAt: moment.nullable(),
  }),
  mail: z.object({
    queued: z.int(),
    sending: z.int(),
    failed: z.int(),
    suppressed: z.int(),
    /** Since when the oldest mail that should have left by now is due. */
    oldestDueAt: moment.nullable(),
  }),
  queues: z.array(queueEntrySchema),
  deadJobs: z.array(deadJobSchema),
  backup: z.object({
    lastAt: moment.nullable(),
    kind: z.enum(["FULL", "DIFFERENTIAL", "FILE"]).nullable(),
    restoreTestAt: moment.nullable(),
    /** The database's own log of changes on its way into the archive; null where nothing archives it. */
    archive: z
      .object({ lastAt: moment.nullable(), isFailing: z.boolean(), everySeconds: z.number() })
      .nullable(),
  }),
  audit: z.object({
    sealedAt: moment.nullable(),
    /** Since when the oldest event without a seal waits for it. */
    unsealedSince: moment.nullable(),
    checkedAt: moment.nullable(),
    isWhole: z.boolean().nullable(),
  }),
  version: z.object({
    intake: z.string(),
    migration: z.string(),
    migratedAt: moment,
    startedAt: moment,
  }),
});
export type Operations = z.infer<typeof operationsSchema>;

export const deadJobIdSchema = z.strictObject({ jobId: z.uuid() });
export type DeadJobId = z.infer<typeof deadJobIdSchema>;
