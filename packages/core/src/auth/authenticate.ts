import { Prisma } from "@intake/db/database";
import { apiKeyPrefix } from "../api-keys/schema";
import type { Context, PersonContext, StaffContext } from "../context";
import { hashToken } from "../keyring";
import { queryPreparedRows } from "../sql";
import { readAccessToken } from "./access-token";
import { idleSeconds, lesserRole, seesResumes } from "./policy";
import type { Role, SignedInUser } from "./schema";
import { findSessionRow, type PersonRow } from "./session-look-up";

interface SessionTimes {
  id: string;
  lastActiveAt: Date;
  expiresAt: Date;
}

/** Whether a session still counts: neither idle for 30 minutes nor past its absolute end. */
export function isSessionAlive(ctx: Pick<Context, "now" | "activity">, session: SessionTimes): boolean {
  const now = ctx.now().getTime();
  const lastActiveAt = ctx.activity.sessions.latest(session.id, session.lastActiveAt).getTime();
  return now < session.expiresAt.getTime() && now - lastActiveAt < idleSeconds * 1000;
}

interface Credentials {
  /** An access token or an API key. */
  token: string;
  /** For how many seconds nobody has touched the screen that calls: a list that asks for news by itself is no activity. */
  idleSeconds?: number;
}

/** What a caller may do beyond their role, read in the same query. */
export interface Standing {
  /** When the person last proved who they are; null for an API key, which never can. */
  provedAt: Date | null;
  /** Their role must have a second factor and they have none: all they may do is set one up. At single sign-on the provider asks. */
  lacksSecondFactor: boolean;
  /** Byte of the database's log after their newest change; 0 when none is known. */
  wroteUpTo: number;
}

type SignedInActor = StaffContext["actor"] & Standing;
export type SessionActor = PersonContext["actor"] & Standing;

/**
 * Who a bearer token stands for, or null; one indexed query. Role, disabled flag and idle time come from the database on every call, not
 * from the token (security rule 15): a revoked or demoted person, or a key of theirs, loses access at once.
 */
export function authenticate(ctx: Context, credentials: Credentials): Promise<SignedInActor | null> {
  return credentials.token.startsWith(apiKeyPrefix)
    ? authenticateKey(ctx, credentials.token)
    : authenticateSession(ctx, credentials);
}

async function authenticateSession(
  ctx: Context,
  { token, idleSeconds: idle = 0 }: Credentials,
): Promise<SignedInActor | null> {
  const claims = await readAccessToken(ctx, token);
  if (!claims) return null;
  const actor = await authenticateSessionId(ctx, { sessionId: claims.sessionId, idleSeconds: idle });
  return actor?.user.id === claims.userId ? actor : null;
}

/** The person of a session that still counts, or null. The caller has proof that the request belongs to it. */
export async function authenticateSessionId(
  ctx: Context,
  { sessionId, idleSeconds: idle = 0 }: { sessionId: string; idleSeconds?: number },
): Promise<SessionActor | null> {
  const row = await findSessionRow(ctx.db, sessionId);
  if (!row) return null;
  const session = { id: row.session_id, lastActiveAt: row.last_active_at, expiresAt: row.expires_at };
  if (!isSessionAlive(ctx, session)) return null;
  const activeAt = new Date(ctx.now().getTime() - Math.max(0, idle) * 1000);
  if (activeAt > row.last_active_at) ctx.activity.sessions.note(session.id, activeAt);
  const standing = {
    provedAt: row.proved_at,
    lacksSecondFactor: row.lacks_second_factor,
    wroteUpTo: row.wrote_up_to ?? 0,
  };
  return { type: "user", user: toUser(row, row.role), sessionId: session.id, ...standing };
}

async function authenticateKey(ctx: Context, key: string): Promise<SignedInActor | null> {
  const [row] = await queryPreparedRows<PersonRow & { key_id: string; key_role: Role }>(
    ctx.db,
    Prisma.sql`SELECT k.id AS key_id, k.role AS key_role, u.id AS user_id, u.email, u.name, u.role, u.time_zone,
        COALESCE(o.read_only_sees_resumes, false) AS read_only_sees_resumes, k.wrote_up_to::float8 AS wrote_up_to
      FROM api_keys k JOIN users u ON u.id = k.user_id LEFT JOIN office_settings o ON o.id = 1
      WHERE k.secret_hash = ${hashToken(key)} AND k.revoked_at IS NULL AND u.disabled_at IS NULL`,
  );
  if (!row) return null;
  ctx.activity.apiKeys.note(row.key_id, ctx.now());
  const user = toUser(row, lesserRole(row.role, row.key_role));
  const standing = { provedAt: null, lacksSecondFactor: false, wroteUpTo: row.wrote_up_to ?? 0 };
  return { type: "api_key", user, keyId: row.key_id, ...standing };
}

function toUser(row: PersonRow, role: Role): SignedInUser {
  return {
    ...{ id: row.user_id, email: row.email, name: row.name, role, timeZone: row.time_zone },
    seesResumes: seesResumes(role, { readOnlySeesResumes: row.read_only_sees_resumes }),
  };
}
