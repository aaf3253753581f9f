import type { JobName, Queue } from "@intake/core/ports/queue";
import type { Log } from "@intake/core/ports/log";
import { fromPrisma, PgBoss } from "pg-boss";

/** Hours after which a job nobody needed is cleared away; the outbox, not the queue, is what must never be lost. */
const keepDoneHours = 24;

/** Every queue and how it fails: handlers settle retries themselves, so a job that throws is tried a few times, then left to the sweeps. */
const queues: Record<JobName, { notify: boolean }> = {
  "mail.deliver": { notify: true },
  "mail.sweep": { notify: false },
  "storage.sweep": { notify: false },
  "sessions.sweep": { notify: false },
};

export interface RunningQueue {
  queue: Queue;
  boss: PgBoss;
  /** Waits for running jobs, at most `seconds`. */
  stop(seconds: number): Promise<void>;
}

/** Connects pg-boss (its own small pool, its own schema) and makes sure every queue exists. */
export async function startQueue(input: { connectionString: string; log: Log }): Promise<RunningQueue> {
  const boss = new PgBoss({ connectionString: input.connectionString, application_name: "intake-queue", max: 4, useListenNotify: true });
  boss.on("error", (error) => input.log.warn({ err: error }, "queue error"));
  await boss.start();
  for (const [name, { notify }] of Object.entries(queues)) {
    const options = { notify, retryLimit: 3, retryDelay: 30, retryBackoff: true, expireInSeconds: 120, deleteAfterSeconds: keepDoneHours * 3600 };
    await boss.createQueue(name, options);
  }
  return {
    boss,
    queue: createQueue(boss),
    stop: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

function createQueue(boss: PgBoss): Queue {
  return {
    async enqueue(tx, name, jobs) {
      await boss.insert(name, jobs, { db: fromPrisma(tx) });
    },
    async check() {
      await boss.getDb().executeSql("SELECT 1");
    },
  };
}
