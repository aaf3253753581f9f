import { absenceSelect, awayUntilOf } from "../assignment/absence";
import type { StaffContext } from "../context";
import type { People } from "./schema";

/** Everybody with an account, every open invitation, and the addresses that only hear of new leads. */
export async function listPeople(ctx: Pick<StaffContext, "db" | "now" | "settings">): Promise<People> {
  const { prisma } = ctx.db;
  const [users, invitations, notifyAddresses] = await Promise.all([
    prisma.user.findMany({
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: {
        ...{ id: true, name: true, email: true, role: true },
        ...{ totpConfirmedAt: true, lastSignedInAt: true, disabledAt: true },
        ...absenceSelect,
        passkeys: { take: 1, select: { id: true } },
        sessions: { orderBy: { lastActiveAt: "desc" }, take: 1, select: { lastActiveAt: true } },
      },
    }),
    prisma.invitation.findMany({
      where: { acceptedAt: null, revokedAt: null },
      orderBy: { email: "asc" },
      select: { id: true, email: true, role: true, expiresAt: true, invitedBy: { select: { name: true } } },
    }),
    prisma.notifyAddress.findMany({ orderBy: { email: "asc" }, select: { id: true, email: true } }),
  ]);
  const admins = users.filter(({ role, disabledAt }) => role === "ADMIN" && disabledAt === null);
  return {
    people: users.map(({ id, name, email, role, totpConfirmedAt, passkeys, disabledAt, ...user }) => ({
      ...{ id, name, email, role },
      hasAuthenticator: totpConfirmedAt !== null,
      hasPasskey: passkeys.length > 0,
      lastActiveAt: (user.sessions[0]?.lastActiveAt ?? user.lastSignedInAt)?.toISOString() ?? null,
      isActive: disabledAt === null,
      isLastAdmin: admins.length === 1 && admins[0]?.id === id,
      awayUntil: disabledAt === null ? awayUntilOf(user, ctx.now()) : null,
    })),
    invitations: invitations.map(({ invitedBy, expiresAt, ...invitation }) => ({
      ...invitation,
      invitedBy: invitedBy.name,
      expiresAt: expiresAt.toISOString(),
      isExpired: expiresAt <= ctx.now(),
    })),
    notifyAddresses,
    leadMailIsFixed: ctx.settings.leadNotify !== null,
  };
}
