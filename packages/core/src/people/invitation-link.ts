import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { oneTimeToken } from "../auth/one-time-token";
import type { Context } from "../context";
import { hashToken } from "../keyring";
import { queueMail } from "../mail/queue-mail";

/** Hours an invitation works (security figures). */
const invitationHours = 72;

/** When an invitation sent now ends. */
export function invitationEnd(ctx: Pick<Context, "now">): Date {
  return new Date(ctx.now().getTime() + invitationHours * 60 * 60 * 1000);
}

/** Mails a new link for an invitation; links sent before stop working. */
export async function sendInvitationLink(
  ctx: Context,
  tx: Transaction,
  invitation: { id: string; email: string; expiresAt: Date },
): Promise<void> {
  const tokenId = uuidv7();
  const { id: invitationId, email, expiresAt } = invitation;
  await tx.oneTimeToken.updateMany({ where: { invitationId, usedAt: null }, data: { usedAt: ctx.now() } });
  await tx.oneTimeToken.create({
    data: {
      id: tokenId,
      purpose: "INVITATION",
      invitationId,
      tokenHash: hashToken(oneTimeToken(ctx, tokenId)),
      expiresAt,
      createdAt: ctx.now(),
    },
  });
  await queueMail(ctx, tx, { kind: "INVITATION", to: email, invitationId, tokenId });
}
