import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** The newest migration of this database. */
export async function readMigration(
  ctx: Pick<Context, "db">,
): Promise<{ migration: string; migratedAt: Date }> {
  const [row] = await queryPreparedRows<{ migration: string; migratedAt: Date }>(
    ctx.db,
    Prisma.sql`SELECT migration_name AS migration, finished_at AS "migratedAt" FROM _prisma_migrations
      WHERE finished_at IS NOT NULL ORDER BY migration_name DESC LIMIT 1`,
  );
  return row ?? { migration: "", migratedAt: new Date(0) };
}
