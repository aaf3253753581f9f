import { createHash } from "node:crypto";
import { type Prisma, Prisma as Sql, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { AppError } from "../errors";
import { hashToken, randomToken } from "../keyring";

/** Seconds a ceremony may take. */
export const challengeSeconds = 5 * 60;
/** Answers a challenge takes before it is dead. */
export const maxAttempts = 5;

type Purpose = Prisma.AuthChallengeGetPayload<true>["purpose"];

/** A ceremony under way whose answer is being checked. */
export interface OpenChallenge {
  id: string;
  userId: string | null;
  attempts: number;
}

/** Starts a ceremony and gives the token that its answer must bring back. Only the token's hash is stored. */
export async function startChallenge(
  ctx: Context,
  input: { purpose: Purpose; userId: string | null },
): Promise<string> {
  const token = randomToken();
  const at = ctx.now();
  await ctx.db.prisma.authChallenge.create({
    data: {
      id: uuidv7(),
      purpose: input.purpose,
      userId: input.userId,
      tokenHash: hashToken(token),
      expiresAt: new Date(at.getTime() + challengeSeconds * 1000),
      createdAt: at,
    },
  });
  return token;
}

/**
 * Counts one try of an answer; counting and checking are one statement, so that tries at the same time do not get more than five.
 * Null for a token that is unknown, too old, used, of another purpose or person, or tried too often.
 */
export async function takeAttempt(
  ctx: Context,
  input: { purpose: Purpose; token: string; userId?: string },
): Promise<OpenChallenge | null> {
  const rows = await ctx.db.prisma.$queryRaw<{ id: string; user_id: string | null; attempts: number }[]>(
    Sql.sql`UPDATE auth_challenges SET attempts = attempts + 1
      WHERE token_hash = ${hashToken(input.token)} AND purpose = ${input.purpose}::challenge_purpose
        AND used_at IS NULL AND expires_at > ${ctx.now()} AND attempts < ${maxAttempts}
      RETURNING id, user_id, attempts`,
  );
  const row = rows[0];
  if (!row || (input.userId !== undefined && row.user_id !== input.userId)) return null;
  return { id: row.id, userId: row.user_id, attempts: row.attempts };
}

/** Marks a challenge as answered, in the transaction of what the answer does. Throws UNAUTHORIZED when another answer was faster. */
export async function spendChallenge(
  ctx: Pick<Context, "now">,
  tx: Transaction,
  challenge: Pick<OpenChallenge, "id">,
): Promise<void> {
  const spent = await tx.authChallenge.updateMany({
    where: { id: challenge.id, usedAt: null },
    data: { usedAt: ctx.now() },
  });
  if (spent.count === 0) throw challengeOver();
}

/** What a passkey signs in this ceremony: as random as the token, and not worth keeping. */
export function passkeyChallengeOf(token: string): string {
  return createHash("sha256").update(`passkey ${token}`).digest("base64url");
}

/** The refusal of a sign-in whose challenge does not count any more. */
export function challengeOver(): AppError {
  return new AppError("UNAUTHORIZED", "This sign-in took too long or too many tries. Start again.");
}

/** Removes ceremonies whose time is over. */
export async function removeExpiredChallenges(ctx: Context): Promise<void> {
  await ctx.db.prisma.authChallenge.deleteMany({ where: { expiresAt: { lt: ctx.now() } } });
}
