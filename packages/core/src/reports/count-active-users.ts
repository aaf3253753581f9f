import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** People who signed in within the last day, week and month, by days. A session ends within eight hours, so who works signs in. */
export async function countActiveUsers(
  ctx: Pick<Context, "db" | "now">,
): Promise<Record<"1" | "7" | "30", number>> {
  const since = (days: number) => new Date(ctx.now().getTime() - days * 24 * 60 * 60 * 1000);
  const [row] = await queryPreparedRows<Record<"1" | "7" | "30", number>>(
    ctx.db,
    Prisma.sql`SELECT (count(*) FILTER (WHERE last_signed_in_at > ${since(1)}))::int AS "1",
      (count(*) FILTER (WHERE last_signed_in_at > ${since(7)}))::int AS "7",
      (count(*) FILTER (WHERE last_signed_in_at > ${since(30)}))::int AS "30" FROM users WHERE disabled_at IS NULL`,
  );
  return row ?? { 1: 0, 7: 0, 30: 0 };
}
