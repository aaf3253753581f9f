import { Prisma } from "@intake/db/database";
import type { Actor, Context } from "../context";
import { queryPreparedRows } from "../sql";
import { readAccessToken } from "./access-token";
import type { Role } from "./schema";

/** A session ends after this many seconds without a call (PRD 3.2). */
const idleSeconds = 30 * 60;
/** Activity is written down at most this often, in seconds. */
const touchSeconds = 60;

interface SessionTimes {
  lastActiveAt: Date;
  expiresAt: Date;
}

/** Whether a session still counts: neither idle for 30 minutes nor past its absolute end. */
export function isSessionAlive(ctx: Pick<Context, "now">, session: SessionTimes): boolean {
  const now = ctx.now().getTime();
  return now < session.expiresAt.getTime() && now - session.lastActiveAt.getTime() < idleSeconds * 1000;
}

interface SessionRow {
  user_id: string;
  email: string;
  name: string;
  role: Role;
  time_zone: string;
  last_active_at: Date;
  expires_at: Date;
}

/**
 * Who an access token stands for, or null. Role, disabled flag and idle time come from the database on every call, not from the
 * token (security rule 15): a revoked or demoted person loses access at once.
 */
export async function authenticate(
  ctx: Context,
  accessToken: string,
): Promise<Extract<Actor, { type: "user" }> | null> {
  const claims = await readAccessToken(ctx, accessToken);
  if (!claims) return null;
  const rows = await queryPreparedRows<SessionRow>(
    ctx.db,
    Prisma.sql`SELECT u.id AS user_id, u.email, u.name, u.role, u.time_zone, s.last_active_at, s.expires_at
      FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.id = ${claims.sessionId}::uuid AND u.id = ${claims.userId}::uuid AND u.disabled_at IS NULL`,
  );
  const row = rows[0];
  if (!row || !isSessionAlive(ctx, { lastActiveAt: row.last_active_at, expiresAt: row.expires_at }))
    return null;
  await touch(ctx, claims.sessionId, row.last_active_at);
  const user = { id: row.user_id, email: row.email, name: row.name, role: row.role, timeZone: row.time_zone };
  return { type: "user", user, sessionId: claims.sessionId };
}

async function touch(ctx: Context, sessionId: string, lastActiveAt: Date): Promise<void> {
  const now = ctx.now();
  if (now.getTime() - lastActiveAt.getTime() < touchSeconds * 1000) return;
  // Calls come in bundles: one writes it down, the others neither repeat it nor wait for it.
  await queryPreparedRows(
    ctx.db,
    Prisma.sql`UPDATE sessions SET last_active_at = ${now} WHERE id = (
      SELECT id FROM sessions WHERE id = ${sessionId}::uuid AND last_active_at = ${lastActiveAt} FOR UPDATE SKIP LOCKED)`,
  );
}
