import { checkAudit } from "@intake/core/audit/nightly-check";
import { sweepAudit } from "@intake/core/audit/sweep-audit";
import { removeExpiredSessions } from "@intake/core/auth/remove-expired-sessions";
import { runBulk, sweepBulk } from "@intake/core/bulk/run-bulk";
import { followUpLeads } from "@intake/core/follow-up/follow-up-leads";
import { queueDailyDigests } from "@intake/core/follow-up/queue-daily-digests";
import { rescheduleLeads } from "@intake/core/follow-up/reschedule-leads";
import { foldDayCounts } from "@intake/core/leads/fold-day-counts";
import { deliverMail, type MailContext } from "@intake/core/mail/deliver-mail";
import { queueDueMails } from "@intake/core/mail/queue-due-mails";
import { sendPasswordReset } from "@intake/core/passwords/send-password-reset";
import type { JobName, JobPayloads } from "@intake/core/ports/queue";
import { examineResume } from "@intake/core/resumes/examine-resume";
import { queueDueScans } from "@intake/core/resumes/queue-due-scans";
import { sweepOrphans } from "@intake/core/resumes/sweep-orphans";
import type { PgBoss } from "pg-boss";
import { giveWay } from "./give-way";
import type { JobTracking, WithOrigin } from "./job-origin";

/** What a worker needs: everything a verb needs, without a caller. */
export type WorkerEffects = Omit<MailContext, "actor" | "requestId" | "source">;

type Handlers = { [Name in JobName]: (ctx: MailContext, data: JobPayloads[Name]) => Promise<unknown> };

const handlers: Handlers = {
  "mail.deliver": deliverMail,
  "mail.sweep": queueDueMails,
  "mail.daily-digests": queueDailyDigests,
  "password.send-reset": sendPasswordReset,
  "resume.scan": examineResume,
  "leads.change-many": runBulk,
  "bulk.sweep": sweepBulk,
  "resumes.sweep": queueDueScans,
  "storage.sweep": (ctx) => sweepOrphans(ctx, { dryRun: false }),
  "sessions.sweep": removeExpiredSessions,
  "leads.fold-counts": foldDayCounts,
  "leads.follow-up": followUpLeads,
  "leads.reschedule": rescheduleLeads,
  "audit.sweep": sweepAudit,
  "audit.verify": checkAudit,
};

/** Cron in UTC. Jobs on a schedule have no payload. */
const schedules: Partial<Record<JobName, string>> = {
  "mail.sweep": "* * * * *",
  "mail.daily-digests": "*/15 * * * *",
  "leads.follow-up": "* * * * *",
  "resumes.sweep": "* * * * *",
  "bulk.sweep": "* * * * *",
  "storage.sweep": "17 * * * *",
  "sessions.sweep": "41 * * * *",
  "leads.fold-counts": "47 2 * * *",
  "audit.sweep": "7 * * * *",
  "audit.verify": "23 3 * * *",
};

/** How a queue is worked through. */
interface Pace {
  pollSeconds: number;
  /** Batches handled at the same time. */
  concurrency: number;
  /** How long a batch lets requests go first while the process is busy, in seconds. */
  patienceSeconds: number;
}

const usualPace: Pace = { pollSeconds: 10, concurrency: 1, patienceSeconds: 0 };
const paces: Partial<Record<JobName, Pace>> = {
  "mail.deliver": { pollSeconds: 1, concurrency: 2, patienceSeconds: 20 },
  // Malware is to be known within 10 s of its arrival.
  "resume.scan": { pollSeconds: 1, concurrency: 2, patienceSeconds: 3 },
  // Somebody sits and watches how far it is.
  "leads.change-many": { pollSeconds: 1, concurrency: 1, patienceSeconds: 1 },
  // Somebody sits and waits for this mail.
  "password.send-reset": { pollSeconds: 1, concurrency: 1, patienceSeconds: 0 },
};

/**
 * Jobs one fetch brings; as long as it comes back full the next follows at once. So few that a batch of mails of which each meets a
 * time-out (15 s) still ends before its jobs expire (120 s).
 */
const batchSize = 5;

/** Starts working through every queue until the queue is stopped. */
export async function startWorker(
  boss: PgBoss,
  effects: WorkerEffects,
  tracking: Pick<JobTracking, "run"> = untracked,
): Promise<void> {
  const names = Object.keys(handlers) as JobName[];
  for (const name of names) {
    await startHandler(boss, { effects, tracking }, name);
    const cron = schedules[name];
    if (cron) await boss.schedule(name, cron);
  }
}

const untracked: Pick<JobTracking, "run"> = { run: (_job, work) => work() };

async function startHandler<Name extends JobName>(
  boss: PgBoss,
  { effects, tracking }: { effects: WorkerEffects; tracking: Pick<JobTracking, "run"> },
  name: Name,
): Promise<void> {
  const { pollSeconds, concurrency, patienceSeconds } = paces[name] ?? usualPace;
  const options = {
    pollingIntervalSeconds: pollSeconds,
    localConcurrency: concurrency,
    batchSize,
    burstWhenBatchFull: true,
  };
  await boss.work<JobPayloads[Name] & WithOrigin>(name, options, async (jobs) => {
    if (patienceSeconds > 0) await giveWay(patienceSeconds);
    for (const job of jobs) {
      // Jobs on a schedule come without any data.
      const origin = job.data?.origin ?? null;
      const ctx: MailContext = {
        ...effects,
        actor: { type: "system", job: name },
        requestId: origin?.requestId ?? null,
        source: null,
      };
      await tracking.run({ name, origin }, async () => {
        try {
          await handlers[name](ctx, job.data);
        } catch (error) {
          // The queue tries again and tells nobody.
          effects.log.error({ job: name, error }, "a job failed");
          throw error;
        }
      });
    }
  });
}
