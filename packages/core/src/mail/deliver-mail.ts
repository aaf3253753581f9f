import type { Context } from "../context";
import type { MailRenderer } from "../ports/mail-renderer";
import type { Mailer, SendResult } from "../ports/mailer";
import { composeMail } from "./compose-mail";
import { joinDigest } from "./join-digest";
import { noLongerNeeded } from "./policy";
import { type ClaimedMail, settleMail } from "./settle-mail";

/** What sending needs beside the rest. */
export interface MailContext extends Context {
  mailer: Mailer;
  mailRenderer: MailRenderer;
  /** Sender of every mail, `Name <address>`. */
  mailFrom: string;
}

/** How long a worker may hold a mail before another may take it, in seconds (security figures: 60 s). */
const leaseSeconds = 60;

/**
 * Sends one mail of the outbox, at most once at a time over all workers: claimed under a lease, sent with no transaction open, settled
 * only by the attempt that claimed it (security rule 10). A mail that is not due, taken, or told by a digest is left alone.
 */
export async function deliverMail(ctx: MailContext, input: { mailId: string }): Promise<void> {
  if (await joinDigest(ctx, input.mailId)) return;
  const claimed = await claimMail(ctx, input.mailId);
  if (!claimed) return;
  const result = await sendClaimed(ctx, claimed);
  const leadIds = await ctx.db.prisma.$transaction((tx) => settleMail(ctx, tx, { claimed, result }));
  for (const leadId of leadIds) ctx.live.tell({ leadId, kind: "mail" });
  ctx.log.info(
    { mailId: claimed.id, attempt: claimed.attempt, outcome: result.outcome },
    "mail attempt done",
  );
}

async function claimMail(ctx: MailContext, mailId: string): Promise<ClaimedMail | null> {
  const now = ctx.now();
  const rows = await ctx.db.prisma.$queryRaw<ClaimedMail[]>`
    UPDATE outbox_mails SET state = 'SENDING', attempts = attempts + 1, lease_until = ${new Date(now.getTime() + leaseSeconds * 1000)}
    WHERE id = (
      SELECT id FROM outbox_mails WHERE id = ${mailId}::uuid AND digest_id IS NULL
        AND ((state = 'QUEUED' AND next_attempt_at <= ${now}) OR (state = 'SENDING' AND lease_until < ${now}))
      FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, lead_id AS "leadId", invitation_id AS "invitationId", user_id AS "userId", token_id AS "tokenId", notice,
      to_address AS "toAddress", attempts AS attempt, created_at AS "createdAt"`;
  return rows[0] ?? null;
}

async function sendClaimed(ctx: MailContext, claimed: ClaimedMail): Promise<SendResult> {
  if (claimed.attempt > 1) {
    // An earlier attempt may have reached the provider although its answer did not reach us.
    const providerMessageId = await ctx.mailer.findSent(claimed.id);
    if (providerMessageId !== null) return { outcome: "sent", providerMessageId };
  }
  const mail = await composeMail(ctx, claimed);
  return mail ? ctx.mailer.send(mail) : { outcome: "suppressed", reason: noLongerNeeded };
}
