import type { Log } from "@intake/core/ports/log";
import type { JobName, Queue, Statement } from "@intake/core/ports/queue";
import { PgBoss } from "pg-boss";
import { type JobTracking, withOrigin } from "./job-origin";
import { deadJobChange, readDeadJobs, readQueueStates } from "./queue-states";

/** Hours after which a job nobody needed is cleared away; the outbox, not the queue, is what must never be lost. */
const keepDoneHours = 24;

/** How long one of the queue's own statements may take: work goes on within 30 s of whatever silenced its connections. */
const longestAnswerSeconds = 25;

const names: JobName[] = [
  "mail.deliver",
  "mail.sweep",
  "mail.daily-digests",
  "resume.scan",
  "leads.change-many",
  "bulk.sweep",
  "resumes.sweep",
  "storage.sweep",
  "sessions.sweep",
  "leads.fold-counts",
  "leads.follow-up",
  "leads.reschedule",
  "password.send-reset",
  "audit.sweep",
  "audit.verify",
];

/**
 * How every queue fails: handlers settle retries themselves, so a job that throws is tried a few times, then left to the sweeps.
 * Workers poll, since a NOTIFY in a submission's transaction would make all commits wait for each other.
 */
const queueOptions = {
  notify: false,
  retryLimit: 3,
  retryDelay: 30,
  retryBackoff: true,
  expireInSeconds: 120,
  deleteAfterSeconds: keepDoneHours * 3600,
};

export interface RunningQueue {
  queue: Queue;
  boss: PgBoss;
  /** Waits for running jobs, at most `seconds`. */
  stop(seconds: number): Promise<void>;
}

interface QueueInput {
  connectionString: string;
  log: Log;
  /** Whether this login owns the queue's tables and makes them. Otherwise they must be there, as `migrate` leaves them. */
  makesTables?: boolean;
  /** Whether jobs are worked through here: then this process also keeps the schedules and clears away what is done. */
  hasWorker?: boolean;
  /** Looks at every new connection to the database. */
  onConnect?: (client: unknown) => void;
  /** Follows requests into the jobs they ask for. */
  tracking?: Pick<JobTracking, "current"> | undefined;
}

/** Connects pg-boss (its own small pool, its own schema), and makes sure every queue exists where it may. */
export async function startQueue({
  makesTables = true,
  hasWorker = true,
  ...input
}: QueueInput): Promise<RunningQueue> {
  const boss = new PgBoss({
    connectionString: input.connectionString,
    application_name: "intake-queue",
    max: 4,
    // pg's own settings, which pg-boss hands on: a line that went silent must not stop the work for hours.
    ...{ query_timeout: longestAnswerSeconds * 1000, ...(input.onConnect && { onConnect: input.onConnect }) },
    clock: steadyClock(),
    migrate: makesTables,
    supervise: hasWorker,
    schedule: hasWorker,
  });
  boss.on("error", (error) => input.log.warn({ err: error }, "queue error"));
  // Where another process makes the tables, it may not have come to them yet: 15 s in all.
  await boss.start({ attempts: makesTables ? 1 : 5 });
  for (const name of makesTables ? names : []) {
    await boss.createQueue(name, queueOptions);
    // Creating leaves a queue of an earlier version as it was.
    await boss.updateQueue(name, queueOptions);
  }
  return {
    boss,
    queue: createQueue(boss, input.tracking),
    stop: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

/** A machine's clock that is put back would let every worker sleep for as long: they measure their pauses on it. */
function steadyClock() {
  const startedAt = Date.now() - performance.now();
  return {
    ...{ setTimeout, clearTimeout, setInterval, clearInterval },
    now: () => Math.round(startedAt + performance.now()),
  };
}

function createQueue(boss: PgBoss, tracking: QueueInput["tracking"]): Queue {
  return {
    async jobInsert(name, jobs) {
      const statements: Statement[] = [];
      // pg-boss gives its statement to the database it is handed; this one keeps it, so that it can join the caller's.
      const keeper = {
        async executeSql(text: string, values: unknown[] = []) {
          statements.push({ text, values });
          return { rows: [] };
        },
      };
      const tracked = jobs.map((job) => ({ ...job, data: withOrigin(job.data, tracking) }));
      await boss.insert(name, tracked, { db: keeper });
      const [statement] = statements;
      if (!statement || statements.length > 1)
        throw new Error("The queue no longer adds jobs by one statement");
      return statement;
    },
    async check() {
      await boss.getDb().executeSql("SELECT 1");
    },
    states: () => readQueueStates(boss),
    deadJobs: (limit) => readDeadJobs(boss, limit),
    deadJobChange,
  };
}
