import type { Database, Prisma } from "@intake/db/database";

/**
 * Rows of a hand-written query, straight from the pool: the hot reads skip Prisma's result mapping, which costs more than the
 * query itself (docs/decisions/0008-sql-on-hot-paths.md). The caller guarantees that `Row` names the selected columns.
 */
export async function queryRows<Row>(db: Pick<Database, "pool">, query: Prisma.Sql): Promise<Row[]> {
  const result = await db.pool.query(query.text, query.values);
  return result.rows as Row[];
}
