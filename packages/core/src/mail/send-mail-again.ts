import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { toSql } from "../sql";
import { maySendAgain } from "./policy";
import type { SendMailAgain } from "./schema";

/**
 * Sends a mail of a lead that did not arrive once more: a mail of its own, with a week of tries of its own, to the same address. Throws
 * NOT_FOUND, and CONFLICT when there is nothing to send again, somebody has done so, or the address takes no mail and the person has not
 * said that they know.
 */
export async function sendMailAgain(ctx: StaffContext, input: SendMailAgain): Promise<void> {
  const { leadId, mailId } = input;
  const mail = await ctx.db.prisma.outboxMail.findFirst({
    where: { id: mailId, leadId },
    select: { state: true, lastError: true, toAddress: true, _count: { select: { resentBy: true } } },
  });
  if (!mail) throw new AppError("NOT_FOUND", "This lead has no such mail.");
  const { state, lastError, toAddress } = mail;
  const way = maySendAgain({ state, lastError, isResent: mail._count.resentBy > 0 });
  if (way === null) throw nothingToSend();
  if (way === "knowing" && !input.knowsAddressRefuses)
    throw new AppError(
      "CONFLICT",
      `${toAddress} does not take mail. Send it again only when that is mended.`,
    );

  const id = uuidv7();
  const job = await ctx.queue.jobInsert("mail.deliver", [{ data: { mailId: id } }]);
  const event = eventInsert(
    ctx,
    { type: "mail.resent", leadId, data: { mailId: id, formerId: mailId } },
    Prisma.sql`FROM again`,
  );
  await ctx.db.prisma.$transaction(async (tx) => {
    // Two presses at once wait here for each other: the second finds the first's mail.
    const made = await tx.$executeRaw`WITH again AS (
        INSERT INTO outbox_mails (id, kind, lead_id, user_id, invitation_id, token_id, notice, to_address, next_attempt_at, created_at,
          resends_id)
        SELECT ${id}::uuid, kind, lead_id, user_id, invitation_id, token_id, notice, to_address, ${ctx.now()}::timestamptz,
          ${ctx.now()}::timestamptz, id
        FROM outbox_mails WHERE id = ${mailId}::uuid
        ON CONFLICT (resends_id) WHERE resends_id IS NOT NULL DO NOTHING
        RETURNING id)
      ${event.sql}`;
    if (made === 0) throw nothingToSend();
    await tx.$executeRaw(toSql(job));
  });
  ctx.live.tell({ leadId, kind: "mail" });
}

function nothingToSend(): AppError {
  return new AppError(
    "CONFLICT",
    "There is nothing to send again: it arrived, is on its way, or somebody has sent it again already.",
  );
}
