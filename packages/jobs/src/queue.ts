import type { Log } from "@intake/core/ports/log";
import type { JobName, Queue, Statement } from "@intake/core/ports/queue";
import { PgBoss } from "pg-boss";

/** Hours after which a job nobody needed is cleared away; the outbox, not the queue, is what must never be lost. */
const keepDoneHours = 24;

const names: JobName[] = [
  "mail.deliver",
  "mail.sweep",
  "resume.scan",
  "leads.change-many",
  "bulk.sweep",
  "resumes.sweep",
  "storage.sweep",
  "sessions.sweep",
  "leads.fold-counts",
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

/** Connects pg-boss (its own small pool, its own schema) and makes sure every queue exists. */
export async function startQueue(input: { connectionString: string; log: Log }): Promise<RunningQueue> {
  const boss = new PgBoss({
    connectionString: input.connectionString,
    application_name: "intake-queue",
    max: 4,
  });
  boss.on("error", (error) => input.log.warn({ err: error }, "queue error"));
  await boss.start();
  for (const name of names) {
    await boss.createQueue(name, queueOptions);
    // Creating leaves a queue of an earlier version as it was.
    await boss.updateQueue(name, queueOptions);
  }
  return {
    boss,
    queue: createQueue(boss),
    stop: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

function createQueue(boss: PgBoss): Queue {
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
      await boss.insert(name, jobs, { db: keeper });
      const [statement] = statements;
      if (!statement || statements.length > 1)
        throw new Error("The queue no longer adds jobs by one statement");
      return statement;
    },
    async check() {
      await boss.getDb().executeSql("SELECT 1");
    },
  };
}
