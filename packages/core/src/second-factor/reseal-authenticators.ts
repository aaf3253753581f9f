import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { unseal } from "../sealing";
import { totpPlace } from "./authenticator-code";

type ResealContext = Pick<Context, "actor" | "db" | "keyring" | "now" | "requestId" | "secrets" | "source">;

/** How many authenticators' secrets are sealed under another master key than the current one. */
export function countOutdatedAuthenticators(ctx: Pick<Context, "db" | "secrets">): Promise<number> {
  return ctx.db.prisma.user.count({ where: outdated(ctx) });
}

/**
 * Seals every authenticator's secret under the current master key, while people sign in. Returns how many. Can end at any moment and be
 * run again. Throws when one does not open any more.
 */
export async function resealAuthenticators(ctx: ResealContext): Promise<number> {
  const users = await ctx.db.prisma.user.findMany({
    where: outdated(ctx),
    select: { id: true, totpSecret: true },
  });
  let secrets = 0;
  for (const { id, totpSecret } of users) {
    if (totpSecret === null) continue;
    const place = totpPlace(id);
    const sealed = await ctx.secrets.seal({ place, text: await unseal(ctx, { place, text: totpSecret }) });
    secrets += await ctx.db.prisma.$transaction(async (tx) => {
      // Somebody may have set up another one meanwhile.
      const { count } = await tx.user.updateMany({ where: { id, totpSecret }, data: { totpSecret: sealed } });
      if (count === 1)
        await tx.$executeRaw(
          eventInsert(ctx, { type: "keys.rotated", userId: id, data: { secrets: 1 } }).sql,
        );
      return count;
    });
  }
  return secrets;
}

function outdated({ secrets }: Pick<Context, "secrets">) {
  return { totpSecret: { not: null }, NOT: { totpSecret: { startsWith: secrets.prefix } } };
}
