import { Prisma } from "@intake/db/database";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import type { Effects } from "../context";
import { hashToken } from "../keyring";
import type { SignInMethod } from "../sessions/schema";
import { queryPreparedRows } from "../sql";

/** Hours after which a session ends whatever happens. */
export const absoluteSessionHours = 8;

interface StoreContext extends Pick<Effects, "db" | "now"> {
  /** What is written together with a new session, in its statement: its event, the time on its person. */
  alongside?: Prisma.Sql[];
}

interface SessionAttributes {
  /** The public id that access tokens carry; Lucia's own id is the secret. */
  publicId: string;
  refreshSeed: string;
  method: SignInMethod;
  device: string | null;
  source: string | null;
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof createSessionStore>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: { isDisabled: boolean };
  }
}

/**
 * Lucia over our own tables (docs/decisions/0003-lucia.md). Lucia's session id is the session's current secret; only its SHA-256 is
 * stored. Lucia never extends a session here: idle and absolute time are ours.
 */
export function createSessionStore(ctx: StoreContext) {
  return new Lucia(createAdapter(ctx), {
    sessionExpiresIn: new TimeSpan(absoluteSessionHours, "h"),
    getSessionAttributes: (attributes) => ({ publicId: attributes.publicId }),
    getUserAttributes: (attributes) => ({ isDisabled: attributes.isDisabled }),
  });
}

function createAdapter({ db, now, alongside = [] }: StoreContext): Adapter {
  const { prisma } = db;
  return {
    async getSessionAndUser(secret) {
      const row = await prisma.session.findUnique({
        where: { secretHash: hashToken(secret) },
        select: {
          id: true,
          userId: true,
          expiresAt: true,
          refreshSeed: true,
          method: true,
          device: true,
          source: true,
          user: { select: { id: true, disabledAt: true } },
        },
      });
      if (!row) return [null, null];
      const { refreshSeed, method, device, source } = row;
      const attributes = { publicId: row.id, refreshSeed, method, device, source };
      const session = { id: secret, userId: row.userId, expiresAt: row.expiresAt, attributes };
      return [session, { id: row.user.id, attributes: { isDisabled: row.user.disabledAt !== null } }];
    },
    async getUserSessions() {
      // Secrets are not stored, so sessions cannot be handed out again; lists of sessions read the table.
      return [];
    },
    async setSession(session: DatabaseSession) {
      const at = now();
      const { publicId, refreshSeed, method, device, source } = session.attributes;
      const expiresAt = new Date(at.getTime() + absoluteSessionHours * 60 * 60 * 1000);
      const others = alongside.map(
        (statement, index) => Prisma.sql`, ${Prisma.raw(`alongside_${index}`)} AS (${statement})`,
      );
      // One statement and one durable commit: a sign-in is to cost little more than its hash.
      await queryPreparedRows(
        db,
        Prisma.sql`WITH session AS (
            INSERT INTO sessions (id, user_id, secret_hash, refresh_seed, method, device, source,
              rotated_at, proved_at, last_active_at, created_at, expires_at)
            VALUES (${publicId}::uuid, ${session.userId}::uuid, ${hashToken(session.id)}, ${refreshSeed}, ${method}::sign_in_method, ${device}, ${source},
              ${at}, ${at}, ${at}, ${at}, ${expiresAt})
          )${others.length > 0 ? Prisma.join(others, "") : Prisma.empty} SELECT`,
      );
    },
    async updateSessionExpiration() {
      // A session never lives longer than its absolute time.
    },
    async deleteSession(secret) {
      await prisma.session.deleteMany({ where: { secretHash: hashToken(secret) } });
    },
    async deleteUserSessions(userId) {
      await prisma.session.deleteMany({ where: { userId } });
    },
    async deleteExpiredSessions() {
      await prisma.session.deleteMany({ where: { expiresAt: { lt: now() } } });
    },
  };
}
