import type { Transaction } from "@intake/db/database";
import type { Context } from "../context";
import type { SecurityNotice } from "../ports/mail-renderer";
import { queueMail } from "./queue-mail";

/** Tells a person by mail, as part of the caller's transaction, that something about the safety of their account has changed. */
export async function queueSecurityNotice(
  ctx: Pick<Context, "queue" | "now">,
  tx: Transaction,
  { userId, notice }: { userId: string; notice: SecurityNotice },
): Promise<void> {
  const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await queueMail(ctx, tx, { kind: "SECURITY_NOTICE", to: email, userId, notice });
}
