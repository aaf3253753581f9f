import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert, recordEvent } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { randomToken } from "../keyring";
import { getOfficeSettings } from "../office/office-settings";
import { askSecondFactor } from "../second-factor/ask-second-factor";
import type { SecondFactorNeeded } from "../second-factor/schema";
import { deviceName } from "../sessions/device-name";
import type { SignInMethod } from "../sessions/schema";
import { queryPreparedRows } from "../sql";
import { accessTokenSeconds, signAccessToken } from "./access-token";
import { hashPassword, isHashOutdated, verifyPassword } from "./passwords";
import { seesResumes } from "./policy";
import { formatRefreshToken, refreshSecret } from "./refresh-token";
import type { SignIn, TokenAnswer, User } from "./schema";
import { createSessionStore } from "./session-store";

/** A fresh pair: the answer without the refresh token, and the token for whichever way it travels. */
export interface IssuedTokens {
  answer: Omit<TokenAnswer, "refreshToken">;
  refreshToken: string;
}

export const userSelect = { id: true, email: true, name: true, role: true, timeZone: true } as const;

/** A session, or the second step that stands before it. */
export type SignInOutcome = IssuedTokens | SecondFactorNeeded;

/**
 * Signs a person in by password; an account with a second factor gets only the question for it. Wrong password, unknown and disabled account get the same words and cost the same work
 * (detail 4.60). Throws UNAUTHORIZED, or TOO_MANY_REQUESTS when account or source tried too often. `source` is the client's address.
 */
export async function signIn(ctx: Context, input: SignIn & { source: string }): Promise<SignInOutcome> {
  const email = addressKey(input.email);
  const admission = await ctx.throttles.signIn.admit({ source: input.source, account: email });
  const row = await findAccount(ctx, email);
  const isEnabled = row !== null && row.disabledAt === null;
  const fits = await verifyPassword(isEnabled ? row.passwordHash : null, input.password);
  if (!isEnabled || !fits) {
    await ctx.throttles.signIn.recordFailure({ source: input.source, account: email });
    await recordEvent(ctx, { type: "auth.sign_in_failed", ...(row && { userId: row.id }) });
    ctx.log.warn({ event: "authn_login_fail", userId: row?.id ?? null }, "sign-in refused");
    throw new AppError(
      "UNAUTHORIZED",
      "This email and password do not fit together. Check both and try again.",
    );
  }
  const { passwordHash, disabledAt: _disabled, secondFactorAt, ...user } = row;
  if (passwordHash !== null) await renewHash(ctx, { userId: row.id, passwordHash, password: input.password });
  if (secondFactorAt !== null) {
    // One sign-in is one try: that of its second step. Failures stay counted until then, so that a known password gives no more codes.
    await admission.giveBack();
    return askSecondFactor(ctx, user);
  }
  await ctx.throttles.signIn.recordSuccess({ account: email });
  return startSession(ctx, user);
}

interface Account extends User {
  passwordHash: string | null;
  disabledAt: Date | null;
  secondFactorAt: Date | null;
}

/** Prepared, since beside its hash a sign-in is to cost next to nothing. */
async function findAccount(ctx: Pick<Context, "db">, email: string): Promise<Account | null> {
  const rows = await queryPreparedRows<Account>(
    ctx.db,
    Prisma.sql`SELECT id, email, name, role, time_zone AS "timeZone", password_hash AS "passwordHash", disabled_at AS "disabledAt",
        second_factor_at AS "secondFactorAt"
      FROM users WHERE email = ${email}`,
  );
  return rows[0] ?? null;
}

/** Raised parameters reach an account at its next sign-in, the only moment when its password is known. */
async function renewHash(
  ctx: Context,
  { userId, passwordHash, password }: { userId: string; passwordHash: string; password: string },
): Promise<void> {
  if (!isHashOutdated(passwordHash)) return;
  await ctx.db.prisma.user.updateMany({
    where: { id: userId, passwordHash },
    data: { passwordHash: await hashPassword(password) },
  });
}

/** A new session, always with an id and a secret of its own, for a person who has just proven who they are. */
export async function startSession(
  ctx: Context,
  user: User,
  method: SignInMethod = "PASSWORD",
): Promise<IssuedTokens> {
  const sessionId = uuidv7();
  const refreshSeed = randomToken();
  const secret = refreshSecret(ctx, { sessionId, counter: 0, seed: refreshSeed });
  const attributes = {
    ...{ publicId: sessionId, refreshSeed, method },
    ...{ device: deviceName(ctx.userAgent), source: ctx.source },
  };
  const event = eventInsert(
    { ...ctx, actor: { type: "user", user, sessionId } },
    { type: "auth.signed_in", userId: user.id, data: { sessionId, method } },
  );
  const lastSignIn = Prisma.sql`UPDATE users SET last_signed_in_at = ${ctx.now()} WHERE id = ${user.id}::uuid`;
  const store = createSessionStore({ ...ctx, alongside: [lastSignIn, event.sql] });
  await store.createSession(user.id, attributes, { sessionId: secret });
  ctx.log.info({ event: "authn_login_success", userId: user.id, sessionId }, "signed in");
  return issueTokens(ctx, {
    user,
    sessionId,
    refreshToken: formatRefreshToken({ sessionId, counter: 0, secret }),
  });
}

export async function issueTokens(
  ctx: Context,
  input: { user: User; sessionId: string; refreshToken: string },
): Promise<IssuedTokens> {
  const accessToken = await signAccessToken(ctx, { userId: input.user.id, sessionId: input.sessionId });
  const { role } = input.user;
  // The office decides for READ_ONLY alone: nobody else's sign-in pays for the question.
  const office = role === "READ_ONLY" ? await getOfficeSettings(ctx) : { readOnlySeesResumes: false };
  const user = { ...input.user, seesResumes: seesResumes(role, office) };
  return {
    answer: { accessToken, tokenType: "Bearer", expiresIn: accessTokenSeconds, user },
    refreshToken: input.refreshToken,
  };
}
