import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";

/** Ends a key at once, on every instance. Throws NOT_FOUND for one that does not exist or has ended already. */
export async function revokeApiKey(ctx: PersonContext, input: { apiKeyId: string }): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const [revoked] = await tx.apiKey.updateManyAndReturn({
      where: { id: input.apiKeyId, revokedAt: null },
      data: { revokedAt: ctx.now() },
      select: { userId: true },
    });
    if (!revoked) throw new AppError("NOT_FOUND", "This key does not exist, or has been revoked already.");
    const event = { type: "api_key.revoked", userId: revoked.userId, data: { apiKeyId: input.apiKeyId } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
}
