import { Prisma } from "@intake/db/database";
import { writtenUpTo } from "@intake/db/replicas";
import type { StaffContext } from "../context";
import { queryPreparedRows } from "../sql";

/**
 * Keeps with the caller's session or key how far the database's log is now that they have changed something: whichever instance they ask
 * next, no replica answers that is not as far. Nothing where there are none.
 */
export async function noteWritten(ctx: StaffContext): Promise<void> {
  if (!ctx.replicas.isAny) return;
  const { actor } = ctx;
  const [table, id] =
    actor.type === "user" ? [Prisma.sql`sessions`, actor.sessionId] : [Prisma.sql`api_keys`, actor.keyId];
  // Seen at once by everybody; only a crash could lose it, and nobody waits for the disk.
  const note = Prisma.sql`UPDATE ${table} SET wrote_up_to = ${Prisma.raw(writtenUpTo)}
    FROM (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed WHERE id = ${id}::uuid`;
  // The change itself is done, and the caller is to hear so.
  await queryPreparedRows(ctx.db, note).catch((error: unknown) =>
    ctx.log.warn({ error }, "how far a caller has written could not be noted"),
  );
}
