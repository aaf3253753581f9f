import { getLead } from "../leads/get-lead";
import { receiptUrl } from "../leads/receipt-url";
import type { Lead } from "../leads/schema";
import type { LeadMailFacts } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import { type AccountMailRow, composeAccountMail } from "./compose-account-mail";
import { type ColleagueMailRow, composeColleagueMail } from "./compose-colleague-mail";
import { composeDailyDigest, type DailyDigestRow } from "./compose-daily-digest";
import { composeDigest, type DigestRow } from "./compose-digest";
import { composeFollowUpMail, type FollowUpMailRow } from "./compose-follow-up-mail";
import type { MailContext } from "./deliver-mail";
import { findReader } from "./find-reader";

/** What an outbox row says; a check of the table holds each kind to what it is about. */
export type MailToCompose = { id: string; toAddress: string; createdAt: Date } & (
  | { kind: "LEAD_RECEIPT"; leadId: string }
  | { kind: "LEAD_NOTICE"; leadId: string }
  | ColleagueMailRow
  | FollowUpMailRow
  | DigestRow
  | DailyDigestRow
  | AccountMailRow
);

/** The words of one outbox mail, from things as they are now; null when nobody needs it any more. */
export async function composeMail(ctx: MailContext, mail: MailToCompose): Promise<OutgoingMail | null> {
  switch (mail.kind) {
    case "LEAD_RECEIPT":
      return composeReceipt(ctx, mail);
    case "LEAD_NOTICE":
      return composeNotice(ctx, mail);
    case "LEAD_ASSIGNED":
    case "NOTE_MENTION":
      return composeColleagueMail(ctx, mail);
    case "LEAD_REMINDER":
    case "LEAD_ESCALATION":
      return composeFollowUpMail(ctx, mail);
    case "LEAD_DIGEST":
      return composeDigest(ctx, mail);
    case "DAILY_DIGEST":
      return composeDailyDigest(ctx, mail);
    default:
      return composeAccountMail(ctx, mail);
  }
}

interface LeadMailRow {
  id: string;
  toAddress: string;
  leadId: string;
}

async function composeReceipt(ctx: MailContext, mail: LeadMailRow): Promise<OutgoingMail> {
  const lead = await getLead(ctx, mail.leadId);
  const rendered = await ctx.mailRenderer.leadReceipt({
    ...factsOf(ctx, lead, ctx.settings.officeTimeZone),
    replyAddress: bareAddress(ctx.mailFrom),
    receiptUrl: receiptUrl(ctx, lead.id),
  });
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag: "lead-receipt" };
}

async function composeNotice(ctx: MailContext, mail: LeadMailRow): Promise<OutgoingMail | null> {
  const reader = await findReader(ctx, mail.toAddress);
  if (reader === null) return null;
  const lead = await getLead(ctx, mail.leadId);
  const rendered = await ctx.mailRenderer.leadNotice({
    ...factsOf(ctx, lead, reader.timeZone),
    leadUrl: `${ctx.settings.publicUrl}/app/leads/${lead.id}`,
    earlierLeads: await countEarlierLeads(ctx, lead),
    assignee: lead.assignee && { name: lead.assignee.name, isReader: lead.assignee.id === reader.id },
  });
  const envelope = { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, replyTo: lead.email };
  return { ...envelope, ...rendered, tag: "lead-notice" };
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
