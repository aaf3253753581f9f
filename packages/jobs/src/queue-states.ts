import type { DeadJob, QueueState, Statement } from "@intake/core/ports/queue";
import type { PgBoss } from "pg-boss";

// The library's own counts are those of its last monitoring, up to a minute old, and its way to try a job again is no statement that
// could be part of ours. These are the columns its documentation describes for queries.

/** How it stands with every queue. Reads only jobs that are not done, by the index pg-boss keeps for them. */
export async function readQueueStates(boss: PgBoss): Promise<QueueState[]> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT q.name, coalesce(j.waiting, 0)::int AS waiting, coalesce(j.running, 0)::int AS running, coalesce(j.dead, 0)::int AS dead,
       j.oldest AS "oldestAt"
     FROM pgboss.queue q LEFT JOIN (
       SELECT name, count(*) FILTER (WHERE state < 'active' AND start_after <= now()) AS waiting,
         count(*) FILTER (WHERE state = 'active') AS running, count(*) FILTER (WHERE state = 'failed') AS dead,
         min(start_after) FILTER (WHERE state < 'active' AND start_after <= now()) AS oldest
       FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name) j ON j.name = q.name
     WHERE q.name NOT LIKE '\\_\\_pgboss%' ORDER BY q.name`,
  );
  return rows;
}

/** Jobs that failed as often as they are tried, the newest first. */
export async function readDeadJobs(boss: PgBoss, limit: number): Promise<DeadJob[]> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT id, name, created_on AS "createdAt", completed_on AS "failedAt", retry_count + 1 AS tries
     FROM pgboss.job WHERE state = 'failed' ORDER BY completed_on DESC, id LIMIT $1`,
    [limit],
  );
  return rows;
}

/** Tries a dead job once more, or gives it up. Touches nothing when it is no longer dead. */
export function deadJobChange({ id, isRetry }: { id: string; isRetry: boolean }): Statement {
  const text = isRetry
    ? `UPDATE pgboss.job SET state = 'retry', retry_limit = retry_limit + 1, completed_on = NULL, start_after = now()
       WHERE id = $1::uuid AND state = 'failed' RETURNING id, name`
    : "DELETE FROM pgboss.job WHERE id = $1::uuid AND state = 'failed' RETURNING id, name";
  return { text, values: [id] };
}
