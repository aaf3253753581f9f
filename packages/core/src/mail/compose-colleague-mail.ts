import { getLead } from "../leads/get-lead";
import type { ColleagueMailFacts, RenderedMail } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import type { MailContext } from "./deliver-mail";

/** The columns of an outbox row that tells a colleague about a lead. */
export type ColleagueMailRow = { id: string; toAddress: string } & (
  | { kind: "LEAD_ASSIGNED"; leadId: string }
  | { kind: "NOTE_MENTION"; leadId: string }
);

/**
 * The words of a mail to a colleague about one lead; no text of any note. Null when it is no longer true: the lead went to somebody else,
 * the note no longer names them or they have seen it, or they left.
 */
export async function composeColleagueMail(
  ctx: MailContext,
  mail: ColleagueMailRow,
): Promise<OutgoingMail | null> {
  const reader = await ctx.db.prisma.user.findUnique({
    where: { email: mail.toAddress, disabledAt: null },
    select: { id: true },
  });
  const rendered = reader && (await render(ctx, { mail, readerId: reader.id }));
  if (!rendered) return null;
  const tag = mail.kind.toLowerCase().replaceAll("_", "-");
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag };
}

interface Telling {
  mail: ColleagueMailRow;
  readerId: string;
}

async function render(ctx: MailContext, { mail, readerId }: Telling): Promise<RenderedMail | null> {
  const lead = await getLead(ctx, mail.leadId);
  const factsWith = (colleagueName: string | null): ColleagueMailFacts => ({
    officeName: ctx.settings.officeName,
    colleagueName,
    ...{ firstName: lead.firstName, lastName: lead.lastName, reference: lead.reference },
    leadUrl: `${ctx.settings.publicUrl}/app/leads/${lead.id}`,
  });
  if (mail.kind === "LEAD_ASSIGNED") {
    if (lead.assignee?.id !== readerId) return null;
    return ctx.mailRenderer.leadAssigned(factsWith(await findAssigner(ctx, lead.id)));
  }
  const mention = await ctx.db.prisma.noteMention.findFirst({
    where: { leadId: lead.id, userId: readerId, seenAt: null },
    orderBy: { note: { createdAt: "desc" } },
    select: { note: { select: { authorId: true } } },
  });
  if (!mention) return null;
  return ctx.mailRenderer.noteMention(factsWith(await findName(ctx, mention.note.authorId)));
}

/** Who assigned a lead last; null where Intake did. */
async function findAssigner(ctx: MailContext, leadId: string): Promise<string | null> {
  const event = await ctx.db.prisma.auditEvent.findFirst({
    where: { leadId, type: "lead.assigned" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { actorType: true, actorId: true },
  });
  return event?.actorType === "user" && event.actorId ? findName(ctx, event.actorId) : null;
}

async function findName(ctx: MailContext, userId: string): Promise<string | null> {
  const person = await ctx.db.prisma.user.findUnique({ where: { id: userId }, select: { name: true } });
  return person?.name ?? null;
}
