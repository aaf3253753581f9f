import { getLead } from "../leads/get-lead";
import type { FollowUpMailFacts } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import type { MailContext } from "./deliver-mail";
import { findReader } from "./find-reader";

/** The columns of an outbox row about a lead that waits. */
export interface FollowUpMailRow {
  id: string;
  toAddress: string;
  kind: "LEAD_REMINDER" | "LEAD_ESCALATION";
  leadId: string;
}

/** The words of a reminder or an escalation; null when somebody has answered meanwhile, or the reader left. */
export async function composeFollowUpMail(
  ctx: MailContext,
  mail: FollowUpMailRow,
): Promise<OutgoingMail | null> {
  const reader = await findReader(ctx, mail.toAddress);
  const lead = await getLead(ctx, mail.leadId);
  if (reader === null || lead.status !== "PENDING" || lead.respondBy === null) return null;
  const facts: FollowUpMailFacts = {
    officeName: ctx.settings.officeName,
    ...{ firstName: lead.firstName, lastName: lead.lastName, reference: lead.reference },
    receivedAt: new Date(lead.createdAt),
    respondBy: new Date(lead.respondBy),
    timeZone: reader.timeZone,
    assignee: lead.assignee && { name: lead.assignee.name, isReader: lead.assignee.id === reader.id },
    leadUrl: `${ctx.settings.publicUrl}/app/leads/${lead.id}`,
  };
  const rendered =
    mail.kind === "LEAD_REMINDER"
      ? await ctx.mailRenderer.leadReminder(facts)
      : await ctx.mailRenderer.leadEscalation(facts);
  const tag = mail.kind.toLowerCase().replaceAll("_", "-");
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag };
}
