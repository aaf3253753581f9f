import { isSessionAlive } from "../auth/authenticate";
import type { PersonContext } from "../context";
import type { MySession } from "./schema";

/** The caller's living sessions, the one that asks first, then the last used. */
export async function listMySessions(ctx: PersonContext): Promise<MySession[]> {
  const rows = await ctx.db.prisma.session.findMany({
    where: { userId: ctx.actor.user.id },
    select: {
      id: true,
      device: true,
      source: true,
      method: true,
      createdAt: true,
      lastActiveAt: true,
      expiresAt: true,
    },
  });
  return rows
    .filter((row) => isSessionAlive(ctx, row))
    .map(({ source, createdAt, lastActiveAt, expiresAt: _end, ...row }) => ({
      ...row,
      network: source,
      signedInAt: createdAt.toISOString(),
      lastActiveAt: ctx.activity.sessions.latest(row.id, lastActiveAt).toISOString(),
      isThisOne: row.id === ctx.actor.sessionId,
    }))
    .sort(
      (left, right) =>
        Number(right.isThisOne) - Number(left.isThisOne) ||
        right.lastActiveAt.localeCompare(left.lastActiveAt),
    );
}
