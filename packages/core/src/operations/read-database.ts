import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";

/** Bytes of the whole database, as the server counts them, and its version in one word. */
export async function readDatabase(
  ctx: Pick<Context, "db">,
): Promise<{ version: string; sizeBytes: number }> {
  const [row] = await queryPreparedRows<{ version: string; size: string }>(
    ctx.db,
    Prisma.sql`SELECT split_part(current_setting('server_version'), ' ', 1) AS version, pg_database_size(current_database()) AS size`,
  );
  return { version: row?.version ?? "", sizeBytes: Number(row?.size ?? 0) };
}
