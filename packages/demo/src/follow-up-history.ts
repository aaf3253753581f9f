import { eventInsert } from "@intake/core/audit/record-event";
import type { Context } from "@intake/core/context";
import { followUpLeads } from "@intake/core/follow-up/follow-up-leads";

/** Those who wait for their answer were reminded of and escalated when they were due, and the mails about it left long ago. */
export async function followUpAsThen(ctx: Context): Promise<void> {
  const queue = { ...ctx.queue, jobInsert: async () => ({ text: "SELECT 1", values: [] }) };
  const due = { status: "PENDING", followUpAt: { lte: ctx.now() } } as const;
  for (;;) {
    const next = await ctx.db.prisma.lead.findFirst({
      where: due,
      orderBy: { followUpAt: "asc" },
      select: { followUpAt: true },
    });
    const at = next?.followUpAt;
    if (!at || (await followUpLeads({ ...ctx, queue, now: () => at })) === 0) break;
  }
  await settleMails(ctx);
}

async function settleMails(ctx: Context): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const mails = await tx.outboxMail.findMany({
      where: { kind: { in: ["LEAD_REMINDER", "LEAD_ESCALATION"] }, state: "QUEUED" },
      select: { id: true, leadId: true, createdAt: true },
    });
    for (const { id, leadId, createdAt } of mails) {
      const sentAt = new Date(createdAt.getTime() + 4000);
      const system: Context = { ...ctx, actor: { type: "system", job: "mail.deliver" }, now: () => sentAt };
      const data = { state: "SENT", attempts: 1, sentAt, providerMessageId: "demo" } as const;
      await tx.outboxMail.update({ where: { id }, data });
      const about = leadId === null ? {} : { leadId };
      await tx.$executeRaw(eventInsert(system, { type: "mail.sent", ...about, data: { mailId: id } }).sql);
    }
  });
}
