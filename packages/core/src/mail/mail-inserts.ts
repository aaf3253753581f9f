import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { shareRead } from "../share-read";
import { queryPreparedRows, toSql } from "../sql";

/**
 * The INSERTs of the mails about a new lead and of their delivery jobs, for the lead's own transaction: one receipt for the prospect,
 * one notice for each team address (PRD 2.2).
 */
export async function mailInserts(
  ctx: Pick<Context, "queue" | "now">,
  input: { leadId: string; prospectAddress: string; teamAddresses: string[] },
): Promise<{ mails: Prisma.Sql; jobs: Prisma.Sql }> {
  const at = ctx.now();
  const mails = [
    { id: uuidv7(), kind: "LEAD_RECEIPT", to: input.prospectAddress },
    ...input.teamAddresses.map((to) => ({ id: uuidv7(), kind: "LEAD_NOTICE", to })),
  ];
  const rows = mails.map(
    (mail) =>
      Prisma.sql`(${mail.id}::uuid, ${mail.kind}::mail_kind, ${input.leadId}::uuid, ${mail.to}, ${at}::timestamptz, ${at}::timestamptz)`,
  );
  const jobs = await ctx.queue.jobInsert(
    "mail.deliver",
    mails.map((mail) => ({ data: { mailId: mail.id } })),
  );
  return {
    mails: Prisma.sql`INSERT INTO outbox_mails (id, kind, lead_id, to_address, next_attempt_at, created_at) VALUES ${Prisma.join(rows)}`,
    jobs: toSql(jobs),
  };
}

/** Who on the team hears of a new lead: the configured addresses, or every active user who wants to and the notify-only addresses. */
export async function findTeamAddresses(ctx: Pick<Context, "db" | "settings">): Promise<string[]> {
  if (ctx.settings.leadNotify) return [...new Set(ctx.settings.leadNotify.map(addressKey))];
  return shareRead(ctx.db, "team addresses", async () => {
    const rows = await queryPreparedRows<{ email: string }>(
      ctx.db,
      Prisma.sql`SELECT email FROM users WHERE disabled_at IS NULL AND wants_lead_mail
        UNION SELECT email FROM notify_addresses ORDER BY email`,
    );
    return rows.map((row) => row.email);
  });
}
