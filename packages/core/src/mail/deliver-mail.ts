import type { Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import type { MailRenderer } from "../ports/mail-renderer";
import type { Mailer, SendResult } from "../ports/mailer";
import { toSql } from "../sql";
import { composeMail, type MailToCompose } from "./compose-mail";
import { giveUpAfterSeconds, retryDelaySeconds } from "./retry-schedule";

/** What sending needs beside the rest. */
export interface MailContext extends Context {
  mailer: Mailer;
  mailRenderer: MailRenderer;
  /** Sender of every mail, `Name <address>`. */
  mailFrom: string;
}

/** How long a worker may hold a mail before another may take it, in seconds (security figures: 60 s). */
const leaseSeconds = 60;
/** How long to wait when the provider refuses us altogether, in seconds. */
const pausedSeconds = 300;

type ClaimedMail = MailToCompose & { attempt: number };

/**
 * Sends one mail of the outbox, at most once at a time over all workers: claimed under a lease, sent with no transaction open, settled
 * only by the attempt that claimed it (security rule 10). A mail that is not due, or taken, is left alone.
 */
export async function deliverMail(ctx: MailContext, input: { mailId: string }): Promise<void> {
  const claimed = await claimMail(ctx, input.mailId);
  if (!claimed) return;
  const result = await sendClaimed(ctx, claimed);
  await ctx.db.prisma.$transaction((tx) => settle(ctx, tx, { claimed, result }));
  const { leadId } = subjectOf(claimed);
  if (leadId) ctx.live.tell({ leadId, kind: "mail" });
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
      SELECT id FROM outbox_mails WHERE id = ${mailId}::uuid
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
  return mail ? ctx.mailer.send(mail) : { outcome: "suppressed", reason: "no longer needed" };
}

interface Attempt {
  claimed: ClaimedMail;
  result: SendResult;
}

async function settle(ctx: MailContext, tx: Transaction, { claimed, result }: Attempt): Promise<void> {
  const now = ctx.now();
  const ageSeconds = (now.getTime() - claimed.createdAt.getTime()) / 1000;
  const canRetry =
    result.outcome === "paused" || (result.outcome === "retry" && ageSeconds < giveUpAfterSeconds);
  if (canRetry) return requeue(ctx, tx, { claimed, result });

  const state = {
    sent: "SENT",
    suppressed: "SUPPRESSED",
    rejected: "FAILED",
    retry: "FAILED",
    paused: "FAILED",
  } as const;
  const reason = "reason" in result ? result.reason : null;
  const { count } = await tx.outboxMail.updateMany({
    where: { id: claimed.id, state: "SENDING", attempts: claimed.attempt },
    data: {
      state: state[result.outcome],
      leaseUntil: null,
      lastError: reason,
      ...(result.outcome === "sent" ? { sentAt: now, providerMessageId: result.providerMessageId } : {}),
    },
  });
  if (count === 0) return;
  const type = { SENT: "mail.sent", SUPPRESSED: "mail.suppressed", FAILED: "mail.failed" }[
    state[result.outcome]
  ];
  await tx.$executeRaw(
    // The provider's reason may name the address: it stays with the mail.
    eventInsert(ctx, { type, ...subjectOf(claimed), data: { mailId: claimed.id } }).sql,
  );
}

function subjectOf(mail: ClaimedMail): { leadId?: string; userId?: string } {
  if ("leadId" in mail && mail.leadId) return { leadId: mail.leadId };
  return "userId" in mail && mail.userId ? { userId: mail.userId } : {};
}

async function requeue(ctx: MailContext, tx: Transaction, { claimed, result }: Attempt): Promise<void> {
  const seconds =
    result.outcome === "paused"
      ? pausedSeconds
      : Math.max(
          retryDelaySeconds(claimed.attempt),
          result.outcome === "retry" ? (result.retryAfterSeconds ?? 0) : 0,
        );
  const nextAttemptAt = new Date(ctx.now().getTime() + seconds * 1000);
  const reason = "reason" in result ? result.reason : null;
  const { count } = await tx.outboxMail.updateMany({
    where: { id: claimed.id, state: "SENDING", attempts: claimed.attempt },
    data: { state: "QUEUED", leaseUntil: null, nextAttemptAt, lastError: reason },
  });
  if (count === 0) return;
  const job = { data: { mailId: claimed.id }, startAfter: nextAttemptAt };
  await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", [job])));
  if (result.outcome === "paused")
    ctx.log.error({ mailId: claimed.id, reason }, "mail provider refuses the sender");
}
