import { oneTimeToken } from "../auth/one-time-token";
import { roleWords } from "../auth/policy";
import type { RenderedMail, SecurityNotice } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import type { MailContext } from "./deliver-mail";

/** The columns of an outbox row about an account. */
export type AccountMailRow = { id: string; toAddress: string; createdAt: Date } & (
  | { kind: "INVITATION"; invitationId: string; tokenId: string }
  | { kind: "PASSWORD_RESET"; userId: string; tokenId: string }
  | { kind: "SECURITY_NOTICE"; userId: string; notice: SecurityNotice }
);

/** The words of a mail about an account; null when its link has been used, replaced or is too old by now. */
export async function composeAccountMail(
  ctx: MailContext,
  mail: AccountMailRow,
): Promise<OutgoingMail | null> {
  const rendered = await render(ctx, mail);
  if (!rendered) return null;
  const tag = mail.kind.toLowerCase().replaceAll("_", "-");
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag };
}

async function render(ctx: MailContext, mail: AccountMailRow): Promise<RenderedMail | null> {
  const { officeName, publicUrl, officeTimeZone } = ctx.settings;
  if (mail.kind === "SECURITY_NOTICE") {
    const { timeZone } = await ctx.db.prisma.user.findUniqueOrThrow({
      where: { id: mail.userId },
      select: { timeZone: true },
    });
    const securityUrl = `${publicUrl}/app/settings/security`;
    const facts = { officeName, notice: mail.notice, at: mail.createdAt, timeZone, securityUrl };
    return ctx.mailRenderer.securityNotice(facts);
  }

  const link = await ctx.db.prisma.oneTimeToken.findFirst({
    where: { id: mail.tokenId, usedAt: null, expiresAt: { gt: ctx.now() } },
    select: {
      expiresAt: true,
      user: { select: { timeZone: true } },
      invitation: { select: { role: true, revokedAt: true, invitedBy: { select: { name: true } } } },
    },
  });
  if (!link || link.invitation?.revokedAt) return null;
  const { expiresAt, user, invitation } = link;
  const token = oneTimeToken(ctx, mail.tokenId);
  if (mail.kind === "PASSWORD_RESET") {
    const resetUrl = `${publicUrl}/app/reset#${token}`;
    return ctx.mailRenderer.passwordReset({
      ...{ officeName, resetUrl, expiresAt },
      timeZone: user?.timeZone ?? officeTimeZone,
    });
  }
  return ctx.mailRenderer.invitation({
    officeName,
    inviterName: invitation?.invitedBy.name ?? officeName,
    role: invitation ? roleWords[invitation.role] : "",
    acceptUrl: `${publicUrl}/app/invitation#${token}`,
    expiresAt,
    timeZone: officeTimeZone,
  });
}
