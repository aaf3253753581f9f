import { Prisma } from "@intake/db/database";
import type { PersonContext } from "../context";
import { queryRows } from "../sql";
import type { SignInEvent } from "./schema";

const shown = 30;

/** What happened around the caller's own account, the newest first: coming in, failing to, going out, and what guards it. */
export async function listSignInHistory(ctx: PersonContext): Promise<SignInEvent[]> {
  const { id } = ctx.actor.user;
  const ofType = Prisma.sql`split_part(type, '.', 1) IN ('auth', 'password', 'second_factor', 'passkey', 'recovery_code', 'recovery_codes', 'identity')`;
  const rows = await queryRows<{ id: string; type: string; created_at: Date; source: string | null }>(
    ctx.db,
    Prisma.sql`SELECT id, type, created_at, source FROM (
        (SELECT id, type, created_at, source FROM audit_events
          WHERE actor_id = ${id} AND actor_type = 'user' AND (user_id IS NULL OR user_id = ${id}::uuid) AND ${ofType}
          ORDER BY created_at DESC, id DESC LIMIT ${shown})
        UNION
        (SELECT id, type, created_at, source FROM audit_events
          WHERE user_id = ${id}::uuid AND ${ofType} ORDER BY created_at DESC, id DESC LIMIT ${shown})
      ) events ORDER BY created_at DESC, id DESC LIMIT ${shown}`,
  );
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    at: row.created_at.toISOString(),
    network: row.source,
  }));
}
