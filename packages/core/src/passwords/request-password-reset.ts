import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { toSql } from "../sql";

/**
 * Takes the wish for a new password. Answer and work are the same for known, unknown and disabled accounts (detail 4.60): one look-up, one
 * event, one job, and only the job makes the difference. Throws TOO_MANY_REQUESTS by source. `source` is the client's address.
 */
export async function requestPasswordReset(
  ctx: Context,
  { email, source }: { email: string; source: string },
): Promise<void> {
  await ctx.throttles.passwordReset.admit(source);
  const account = addressKey(email);
  const mayMail = await ctx.throttles.passwordReset.allowsMail(account);
  const user = await ctx.db.prisma.user.findFirst({
    where: { email: account, disabledAt: null },
    select: { id: true },
  });
  const job = { data: { userId: mayMail && user ? user.id : null } };
  const event = eventInsert(ctx, { type: "password.reset_requested", ...(user && { userId: user.id }) });
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw(event.sql);
    await tx.$executeRaw(toSql(await ctx.queue.jobInsert("password.send-reset", [job])));
  });
}
