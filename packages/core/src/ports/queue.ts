import type { Transaction } from "@intake/db/database";

/** Every job there is, and what it carries. Ids only: the row is the truth. */
export interface JobPayloads {
  "mail.deliver": { mailId: string };
  "mail.sweep": Record<string, never>;
  "storage.sweep": Record<string, never>;
  "sessions.sweep": Record<string, never>;
}
export type JobName = keyof JobPayloads;

export interface Queue {
  /** Adds jobs in the caller's transaction: they exist exactly if it commits. */
  enqueue<Name extends JobName>(
    tx: Transaction,
    name: Name,
    jobs: { data: JobPayloads[Name]; startAfter?: Date }[],
  ): Promise<void>;
  /** Throws when the queue cannot take jobs now (for readiness). */
  check(): Promise<void>;
}
