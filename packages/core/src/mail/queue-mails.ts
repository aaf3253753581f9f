import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { addressKey } from "../email-address";

/**
 * Puts the mails about a new lead into the outbox, with their delivery jobs, in the lead's own transaction: one receipt for the
 * prospect, one notice for each team address (PRD 2.2).
 */
export async function queueMails(
  ctx: Context,
  tx: Transaction,
  input: { leadId: string; prospectAddress: string },
): Promise<void> {
  const at = ctx.now();
  const team = await findTeamAddresses(ctx, tx);
  const mails = [
    { id: uuidv7(), kind: "LEAD_RECEIPT", to: input.prospectAddress },
    ...team.map((to) => ({ id: uuidv7(), kind: "LEAD_NOTICE", to })),
  ];
  const rows = mails.map(
    (mail) => Prisma.sql`(${mail.id}::uuid, ${mail.kind}::mail_kind, ${input.leadId}::uuid, ${mail.to}, ${at}, ${at})`,
  );
  await tx.$executeRaw`INSERT INTO outbox_mails (id, kind, lead_id, to_address, next_attempt_at, created_at) VALUES ${Prisma.join(rows)}`;
  await ctx.queue.enqueue(
    tx,
    "mail.deliver",
    mails.map((mail) => ({ data: { mailId: mail.id } })),
  );
}

async function findTeamAddresses(ctx: Context, tx: Transaction): Promise<string[]> {
  if (ctx.settings.leadNotify) return [...new Set(ctx.settings.leadNotify.map(addressKey))];
  const rows = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM users WHERE disabled_at IS NULL AND wants_lead_mail ORDER BY email`;
  return rows.map((row) => row.email);
}
