/** Every job there is, and what it carries. Ids only: the row is the truth. */
export interface JobPayloads {
  "mail.deliver": { mailId: string };
  "mail.sweep": Record<string, never>;
  /** Null when nobody may get a link: the request itself does the same for everybody. */
  "password.send-reset": { userId: string | null };
  "resume.scan": { resumeId: string };
  "leads.change-many": { bulkId: string };
  "bulk.sweep": Record<string, never>;
  "resumes.sweep": Record<string, never>;
  "storage.sweep": Record<string, never>;
  "sessions.sweep": Record<string, never>;
  "leads.fold-counts": Record<string, never>;
  "audit.sweep": Record<string, never>;
  "audit.verify": Record<string, never>;
}
export type JobName = keyof JobPayloads;

/** SQL whose `$1`, `$2`, … come in order, once each. */
export interface Statement {
  text: string;
  values: unknown[];
}

export interface Queue {
  /** The INSERT that adds jobs, for the caller's own transaction or statement: they exist exactly if that commits. */
  jobInsert<Name extends JobName>(
    name: Name,
    jobs: { data: JobPayloads[Name]; startAfter?: Date }[],
  ): Promise<Statement>;
  /** Throws when the queue cannot take jobs now (for readiness). */
  check(): Promise<void>;
}
