import { getLead } from "../leads/get-lead";
import { receiptUrl } from "../leads/receipt-url";
import type { Lead } from "../leads/schema";
import type { LeadMailFacts } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import type { MailContext } from "./deliver-mail";

interface MailToCompose {
  id: string;
  kind: "LEAD_RECEIPT" | "LEAD_NOTICE";
  leadId: string;
  toAddress: string;
}

/** The words of one outbox mail, from the lead as it is now. */
export async function composeMail(ctx: MailContext, mail: MailToCompose): Promise<OutgoingMail> {
  const lead = await getLead(ctx, mail.leadId);
  const envelope = { id: mail.id, to: mail.toAddress, from: ctx.mailFrom };
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
