import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { invitationEnd, sendInvitationLink } from "./invitation-link";
import type { InvitePerson } from "./schema";

const openInvitation = { acceptedAt: null, revokedAt: null };

/** Invites a person by mail. Throws CONFLICT at `email` for somebody who is here already or has an open invitation. */
export async function invitePerson(ctx: StaffContext, input: InvitePerson): Promise<{ id: string }> {
  const email = addressKey(input.email);
  const id = uuidv7();
  const expiresAt = invitationEnd(ctx);
  await ctx.db.prisma.$transaction(async (tx) => {
    // Two admins may have the same thought at the same time.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`intake invitation ${email}`}))`;
    const person = await tx.user.findUnique({ where: { email }, select: { disabledAt: true } });
    if (person) {
      throw taken(
        person.disabledAt
          ? "This person was here before. Reactivate them in the list."
          : "This person is here already.",
      );
    }
    if (await tx.invitation.findFirst({ where: { email, ...openInvitation }, select: { id: true } }))
      throw taken("This person has an open invitation. Send it again from the list.");
    await tx.invitation.create({
      data: {
        ...{ id, email, expiresAt, role: input.role },
        invitedById: ctx.actor.user.id,
        createdAt: ctx.now(),
      },
    });
    await sendInvitationLink(ctx, tx, { id, email, expiresAt });
    const event = { type: "user.invited", data: { invitationId: id, role: input.role } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
  return { id };
}

/** Sends a fresh link, good for another 72 hours; the old one dies. Throws NOT_FOUND when it was accepted or revoked. */
export async function resendInvitation(
  ctx: StaffContext,
  { invitationId }: { invitationId: string },
): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const expiresAt = invitationEnd(ctx);
    const [invitation] = await tx.invitation.updateManyAndReturn({
      where: { id: invitationId, ...openInvitation },
      data: { expiresAt },
      select: { id: true, email: true, expiresAt: true },
    });
    if (!invitation) throw notOpen();
    await sendInvitationLink(ctx, tx, invitation);
    await tx.$executeRaw(eventInsert(ctx, { type: "invitation.resent", data: { invitationId } }).sql);
  });
}

/** Ends an invitation and its link at once. Throws NOT_FOUND when it was accepted or revoked. */
export async function revokeInvitation(
  ctx: StaffContext,
  { invitationId }: { invitationId: string },
): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, ...openInvitation },
      data: { revokedAt: ctx.now() },
    });
    if (count === 0) throw notOpen();
    await tx.oneTimeToken.updateMany({ where: { invitationId, usedAt: null }, data: { usedAt: ctx.now() } });
    await tx.$executeRaw(eventInsert(ctx, { type: "invitation.revoked", data: { invitationId } }).sql);
  });
}

function taken(message: string): AppError {
  return new AppError("CONFLICT", message, { errors: [{ path: "email", message }] });
}

function notOpen(): AppError {
  return new AppError("NOT_FOUND", "This invitation is not open any more.");
}
