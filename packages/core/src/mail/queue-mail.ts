import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import type { SecurityNotice } from "../ports/mail-renderer";
import { toSql } from "../sql";

/** A mail about an account, and what it is about. Its words are found when it is sent, so no row ever holds a token. */
export type AccountMail = { to: string } & (
  | { kind: "INVITATION"; invitationId: string; tokenId: string }
  | { kind: "PASSWORD_RESET"; userId: string; tokenId: string }
  | { kind: "SECURITY_NOTICE"; userId: string; notice: SecurityNotice }
);

/** Puts a mail and its delivery job into the caller's transaction: both happen, or neither. */
export async function queueMail(
  ctx: Pick<Context, "queue" | "now">,
  tx: Transaction,
  { to, ...about }: AccountMail,
): Promise<void> {
  const id = uuidv7();
  const at = ctx.now();
  await tx.outboxMail.create({ data: { id, toAddress: to, nextAttemptAt: at, createdAt: at, ...about } });
  await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", [{ data: { mailId: id } }])));
}
