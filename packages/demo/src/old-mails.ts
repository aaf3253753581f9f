import { eventInsert } from "@intake/core/audit/record-event";
import type { Context } from "@intake/core/context";
import type { PlannedLead } from "./plan";

/** Why a receipt did not arrive, and how the outbox calls that. */
const mishaps = [
  { state: "FAILED", type: "mail.failed", lastError: "The mailbox is full" },
  {
    state: "SUPPRESSED",
    type: "mail.suppressed",
    lastError: "The address takes no mail since an earlier one came back",
  },
  { state: "FAILED", type: "mail.failed", lastError: "There is no such mailbox" },
] as const;

/** Old mails left long ago and leave only their traces, but for the receipts of a few people that could not be delivered. */
export async function settleMails(
  ctx: Context,
  leadId: string,
  { index, planned }: { index: number; planned: PlannedLead },
): Promise<void> {
  const mails = await ctx.db.prisma.outboxMail.findMany({
    where: { leadId },
    select: { id: true, kind: true, createdAt: true },
  });
  // Some of old times, and one of those who are still waiting for an answer.
  const fails = index % 83 === 41 || (!planned.outreach && index % 5 === 1);
  const mishap = fails ? mishaps[index % mishaps.length] : undefined;
  await ctx.db.prisma.$transaction(async (tx) => {
    for (const { id, kind, createdAt } of mails) {
      const at = new Date(createdAt.getTime() + 4000);
      const system: Context = { ...ctx, actor: { type: "system", job: "mail.deliver" }, now: () => at };
      const isLost = mishap !== undefined && kind === "LEAD_RECEIPT";
      await tx.outboxMail.update({
        where: { id },
        data: isLost
          ? { state: mishap.state, attempts: 3, lastError: mishap.lastError }
          : { state: "SENT", attempts: 1, sentAt: at, providerMessageId: "demo" },
      });
      const type = isLost ? mishap.type : "mail.sent";
      await tx.$executeRaw(eventInsert(system, { type, leadId, data: { mailId: id } }).sql);
    }
  });
}
