import { getLead } from "../leads/get-lead";
import { receiptUrl } from "../leads/receipt-url";
import type { Lead } from "../leads/schema";
import type { LeadMailFacts } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import { type AccountMailRow, composeAccountMail } from "./compose-account-mail";
import { type ColleagueMailRow, composeColleagueMail } from "./compose-colleague-mail";
import type { MailContext } from "./deliver-mail";

/** What an outbox row says; a check of the table holds each kind to what it is about. */
export type MailToCompose = { id: string; toAddress: string; createdAt: Date } & (
  | { kind: "LEAD_RECEIPT"; leadId: string }
  | { kind: "LEAD_NOTICE"; leadId: string }
  | ColleagueMailRow
  | AccountMailRow
);

/** The words of one outbox mail, from things as they are now; null when nobody needs it any more. */
export async function composeMail(ctx: MailContext, mail: MailToCompose): Promise<OutgoingMail | null> {
  if (mail.kind === "LEAD_ASSIGNED" || mail.kind === "NOTE_MENTION") return composeColleagueMail(ctx, mail);
  if (mail.kind !== "LEAD_RECEIPT" && mail.kind !== "LEAD_NOTICE") return composeAccountMail(ctx, mail);
  const envelope = { id: mail.id, to: mail.toAddress, from: ctx.mailFrom };
  const lead = await getLead(ctx, mail.leadId);
  if (mail.kind === "LEAD_RECEIPT") {
    const rendered = await ctx.mailRenderer.leadReceipt({
      ...factsOf(ctx, lead, ctx.settings.officeTimeZone),
      replyAddress: bareAddress(ctx.mailFrom),
      receiptUrl: receiptUrl(ctx, lead.id),
    });
    return { ...envelope, ...rendered, tag: "lead-receipt" };
  }
  const reader = await ctx.db.prisma.user.findUnique({
    where: { email: mail.toAddress },
    select: { timeZone: true },
  });
  const rendered = await ctx.mailRenderer.leadNotice({
    ...factsOf(ctx, lead, reader?.timeZone ?? ctx.settings.officeTimeZone),
    leadUrl: `${ctx.settings.publicUrl}/app/leads/${lead.id}`,
    earlierLeads: await countEarlierLeads(ctx, lead),
  });
  return { ...envelope, ...rendered, replyTo: lead.email, tag: "lead-notice" };
}

function factsOf(ctx: MailContext, lead: Lead, timeZone: string): LeadMailFacts {
  return {
    officeName: ctx.settings.officeName,
    leadId: lead.id,
    reference: lead.reference,
    firstName: lead.firstName,
    lastName: lead.lastName,
    email: lead.email,
    receivedAt: new Date(lead.createdAt),
    timeZone,
    resume: lead.resume,
  };
}

async function countEarlierLeads(ctx: MailContext, lead: Lead): Promise<number> {
  return ctx.db.prisma.lead.count({
    where: {
      emailKey: lead.email.toLowerCase(),
      createdAt: { lt: new Date(lead.createdAt) },
      NOT: { id: lead.id },
    },
  });
}

/** `Calder & Rowe <intake@calderrowe.example>` → `intake@calderrowe.example`. */
function bareAddress(sender: string): string {
  return /<([^>]+)>\s*$/.exec(sender)?.[1] ?? sender;
}
