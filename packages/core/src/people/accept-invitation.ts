import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import { hashPassword } from "../auth/passwords";
import { type IssuedTokens, startSession, userSelect } from "../auth/sign-in";
import type { Context } from "../context";
import { AppError } from "../errors";
import { hashToken } from "../keyring";
import { checkPassword, getPasswordRules } from "../passwords/check-password";
import type { AcceptInvitation, InvitationState } from "./schema";

/** What an invitation's link leads to; null for a dead one. Asking changes nothing (detail 4.62). */
export async function findInvitation(ctx: Context, { token }: { token: string }): Promise<InvitationState> {
  const invitation = await findOpen(ctx, token);
  if (!invitation) return null;
  const { email, role, invitedBy } = invitation;
  const rules = await getPasswordRules(ctx, { email });
  return { officeName: ctx.settings.officeName, email, role, invitedBy: invitedBy.name, rules };
}

/**
 * Spends the link, creates the person with the invitation's address and role, and signs them in. Throws NOT_FOUND for a dead link,
 * UNPROCESSABLE_CONTENT for a weak password, which does not spend it.
 */
export async function acceptInvitation(ctx: Context, input: AcceptInvitation): Promise<IssuedTokens> {
  const invitation = await findOpen(ctx, input.token);
  if (!invitation) throw deadLink();
  const { id: invitationId, email } = invitation;
  await checkPassword(ctx, { ...input, email });
  const passwordHash = await hashPassword(input.password);
  const at = ctx.now();
  const user = await ctx.db.prisma.$transaction(async (tx) => {
    const spent = await tx.oneTimeToken.updateManyAndReturn({
      where: liveLink(ctx, input.token),
      data: { usedAt: at },
      select: { id: true },
    });
    if (spent.length === 0) throw deadLink();
    if (await tx.user.findUnique({ where: { email }, select: { id: true } }))
      throw new AppError("CONFLICT", "You have an account already. Sign in instead.");
    // The role as it is now: an admin may have changed it while the form was filled in.
    const [accepted] = await tx.invitation.updateManyAndReturn({
      where: { id: invitationId, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: at },
      select: { role: true },
    });
    if (!accepted) throw deadLink();
    const { role } = accepted;
    const created = await tx.user.create({
      data: {
        ...{ id: uuidv7(), email, role, passwordHash, passwordChangedAt: at, createdAt: at },
        ...{ name: input.name, timeZone: input.timeZone },
      },
      select: userSelect,
    });
    const event = { type: "invitation.accepted", userId: created.id, data: { invitationId, role } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return created;
  });
  return startSession(ctx, user);
}

function liveLink(ctx: Pick<Context, "now">, token: string) {
  return {
    tokenHash: hashToken(token),
    purpose: "INVITATION",
    usedAt: null,
    expiresAt: { gt: ctx.now() },
    invitation: { acceptedAt: null, revokedAt: null },
  } as const;
}

async function findOpen(ctx: Context, token: string) {
  const link = await ctx.db.prisma.oneTimeToken.findFirst({
    where: liveLink(ctx, token),
    select: {
      invitation: { select: { id: true, email: true, role: true, invitedBy: { select: { name: true } } } },
    },
  });
  return link?.invitation ?? null;
}

function deadLink(): AppError {
  return new AppError("NOT_FOUND", "This link has been used or is older than 72 hours. Ask for a new one.");
}
