import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import { lesserRole } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { hashToken, randomToken } from "../keyring";
import { apiKeySelect, toApiKey } from "./list-api-keys";
import { apiKeyPrefix, type CreateApiKey, type CreatedApiKey } from "./schema";

/**
 * A new key that acts for the caller, with 256 random bits of which only the hash is stored. Throws UNPROCESSABLE_CONTENT for a role that
 * may do more than the caller.
 */
export async function createApiKey(ctx: PersonContext, input: CreateApiKey): Promise<CreatedApiKey> {
  const { user } = ctx.actor;
  if (lesserRole(user.role, input.role) !== input.role) {
    const errors = [{ path: "role", message: "A key cannot do more than you can." }];
    throw new AppError("UNPROCESSABLE_CONTENT", "Choose a role that is not above your own.", { errors });
  }
  const secret = `${apiKeyPrefix}${randomToken()}`;
  const id = uuidv7();
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    const { name, role } = input;
    const created = await tx.apiKey.create({
      data: { id, name, role, userId: user.id, secretHash: hashToken(secret), createdAt: ctx.now() },
      select: apiKeySelect,
    });
    const event = { type: "api_key.created", userId: user.id, data: { apiKeyId: id, role } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return created;
  });
  return { apiKey: toApiKey(row), secret };
}
