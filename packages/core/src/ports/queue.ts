/** Every job there is, and what it carries. Ids only: the row is the truth. */
export interface JobPayloads {
  "mail.deliver": { mailId: string };
  "mail.sweep": Record<string, never>;
  "mail.daily-digests": Record<string, never>;
  /** Null when nobody may get a link: the request itself does the same for everybody. */
  "password.send-reset": { userId: string | null };
  "resume.scan": { resumeId: string };
  "leads.change-many": { bulkId: string };
  "bulk.sweep": Record<string, never>;
  "resumes.sweep": Record<string, never>;
  "storage.sweep": Record<string, never>;
  "sessions.sweep": Record<string, never>;
  "leads.fold-counts": Record<string, never>;
  "leads.follow-up": Record<string, never>;
  /** The last lead that was done; null at the beginning. */
  "leads.reschedule": { afterId: string | null };
  "audit.sweep": Record<string, never>;
  "audit.verify": Record<string, never>;
}
export type JobName = keyof JobPayloads;

/** SQL whose `$1`, `$2`, … come in order, once each. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** How it stands with one queue. */
export interface QueueState {
  name: string;
  /** Jobs that could run now, those that run, and those that failed as often as they are tried. */
  waiting: number;
  running: number;
  dead: number;
  /** Since when the oldest of those that could run waits; null when none does. */
  oldestAt: Date | null;
}

/** A job that failed as often as it is tried. Nobody looks at it again unless a person asks for it; it is kept for a day. */
export interface DeadJob {
  id: string;
  name: string;
  createdAt: Date;
  failedAt: Date;
  tries: number;
}

export interface Queue {
  /** The INSERT that adds jobs, for the caller's own transaction or statement: they exist exactly if that commits. */
  jobInsert<Name extends JobName>(
    name: Name,
    jobs: { data: JobPayloads[Name]; startAfter?: Date }[],
  ): Promise<Statement>;
  /** Throws when the queue cannot take jobs now (for readiness). */
  check(): Promise<void>;
  /** How it stands with every queue, those without any job included. */
  states(): Promise<QueueState[]>;
  /** Dead jobs, the newest first, at most `limit`. */
  deadJobs(limit: number): Promise<DeadJob[]>;
  /** The UPDATE that has a dead job tried once more, or the DELETE that gives it up, for the caller's statement; returns its `id` and `name`. */
  deadJobChange(job: { id: string; isRetry: boolean }): Statement;
}
