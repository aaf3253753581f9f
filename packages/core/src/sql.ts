import { type Database, keepsStatements, Prisma } from "@intake/db/database";
import type { Statement } from "./ports/queue";

/**
 * Rows of a hand-written statement, straight from the pool: the hot paths skip Prisma's result mapping and transactions, which cost
 * more than the query itself (docs/decisions/0008-sql-on-hot-paths.md). The caller guarantees that `Row` names the selected columns.
 */
export async function queryRows<Row>(db: Pick<Database, "pool">, query: Prisma.Sql): Promise<Row[]> {
  const result = await db.pool.query(query.text, query.values);
  return result.rows as Row[];
}

/** Texts that got a name; the bound keeps what every connection remembers small. */
const statementNames = new Map<string, string>();
const maxStatementNames = 200;

/**
 * The same for a statement whose best plan does not depend on its values: each connection plans it once, which for small queries is most
 * of the work. Not for searches, whose plan must fit the term (platform facts, part 6).
 */
export async function queryPreparedRows<Row>(db: Pick<Database, "pool">, query: Prisma.Sql): Promise<Row[]> {
  const { text, values } = query;
  if (!keepsStatements(db.pool)) return queryRows(db, query);
  const name = statementNames.get(text) ?? `intake-${statementNames.size}`;
  const isKnown = statementNames.has(text) || statementNames.size < maxStatementNames;
  if (isKnown) statementNames.set(text, name);
  const result = await db.pool.query(isKnown ? { name, text, values } : { text, values });
  return result.rows as Row[];
}

/** A statement from elsewhere, to be run or to be part of a larger one. */
export function toSql({ text, values }: Statement): Prisma.Sql {
  return new Prisma.Sql(text.split(/\$\d+/), values);
}
