import type { Database } from "./database";

/** Whether a statement that never ends, or a transaction left open, is ended on the connections that a pooler has opened. */
export async function hasTimeLimits({ pool }: Pick<Database, "pool">): Promise<boolean> {
  const { rows } = await pool.query<{ has: boolean }>(
    "SELECT current_setting('statement_timeout') <> '0' AND current_setting('idle_in_transaction_session_timeout') <> '0' AS has",
  );
  return rows[0]?.has === true;
}
