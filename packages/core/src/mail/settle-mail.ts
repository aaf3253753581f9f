import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import type { SendResult } from "../ports/mailer";
import { toSql } from "../sql";
import type { MailToCompose } from "./compose-mail";
import { giveUpAfterSeconds, retryDelaySeconds } from "./retry-schedule";

export type ClaimedMail = MailToCompose & { attempt: number };

type SettleContext = Pick<Context, "actor" | "requestId" | "source" | "queue" | "log" | "now">;

interface Attempt {
  claimed: ClaimedMail;
  result: SendResult;
}

/** How long to wait when the provider refuses us altogether, in seconds. */
const pausedSeconds = 300;

const finalStates = {
  sent: "SENT",
  suppressed: "SUPPRESSED",
  rejected: "FAILED",
  retry: "FAILED",
  paused: "FAILED",
} as const;
const eventTypes = { SENT: "mail.sent", SUPPRESSED: "mail.suppressed", FAILED: "mail.failed" } as const;

/**
 * Writes down what became of an attempt: the mail waits for the next one, or is settled, and with a digest all mails that it stood for.
 * Does nothing when the attempt has lost its lease. Returns the leads whose mails have changed.
 */
export async function settleMail(
  ctx: SettleContext,
  tx: Transaction,
  { claimed, result }: Attempt,
): Promise<string[]> {
  const now = ctx.now();
  const { leadId } = subjectOf(claimed);
  const leadIds = leadId ? [leadId] : [];
  const ageSeconds = (now.getTime() - claimed.createdAt.getTime()) / 1000;
  const canRetry =
    result.outcome === "paused" || (result.outcome === "retry" && ageSeconds < giveUpAfterSeconds);
  if (canRetry) {
    await requeue(ctx, tx, { claimed, result });
    return leadIds;
  }

  const state = finalStates[result.outcome];
  const outcome = {
    state,
    lastError: "reason" in result ? result.reason : null,
    ...(result.outcome === "sent" ? { sentAt: now, providerMessageId: result.providerMessageId } : {}),
  };
  const { count } = await tx.outboxMail.updateMany({
    where: { id: claimed.id, state: "SENDING", attempts: claimed.attempt },
    data: { ...outcome, leaseUntil: null },
  });
  if (count === 0) return leadIds;
  await tx.$executeRaw(
    // The provider's reason may name the address: it stays with the mail.
    eventInsert(ctx, { type: eventTypes[state], ...subjectOf(claimed), data: { mailId: claimed.id } }).sql,
  );
  return claimed.kind === "LEAD_DIGEST"
    ? settleDigested(ctx, tx, { digestId: claimed.id, outcome })
    : leadIds;
}

interface Digested {
  digestId: string;
  outcome: {
    state: keyof typeof eventTypes;
    lastError: string | null;
    sentAt?: Date;
    providerMessageId?: string;
  };
}

async function settleDigested(
  ctx: SettleContext,
  tx: Transaction,
  { digestId, outcome }: Digested,
): Promise<string[]> {
  const mails = await tx.outboxMail.updateManyAndReturn({
    where: { digestId, state: "QUEUED" },
    data: outcome,
    select: { id: true, leadId: true },
  });
  const events = mails.map(({ id, leadId }) => ({ eventId: uuidv7(), mailId: id, leadId }));
  await tx.$executeRaw(
    Prisma.sql`INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, data, created_at)
      SELECT "eventId", ${eventTypes[outcome.state]}, 'system', 'mail.deliver', "leadId", jsonb_build_object('mailId', "mailId"),
        ${ctx.now()}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e("eventId" uuid, "mailId" uuid, "leadId" uuid)`,
  );
  return mails.flatMap(({ leadId }) => leadId ?? []);
}

function subjectOf(mail: ClaimedMail): { leadId?: string; userId?: string } {
  if ("leadId" in mail && mail.leadId) return { leadId: mail.leadId };
  return "userId" in mail && mail.userId ? { userId: mail.userId } : {};
}

async function requeue(ctx: SettleContext, tx: Transaction, { claimed, result }: Attempt): Promise<void> {
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
