import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert, recordEvent } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { macOf } from "../keyring";
import type { IdentityProvider, ProvidedIdentity, SignInBinding } from "../ports/identity-provider";
import { challengeOver, spendChallenge, startChallenge, takeAttempt } from "../second-factor/challenges";
import type { User } from "./schema";
import { type IssuedTokens, startSession, userSelect } from "./sign-in";

/** Begins single sign-on: where to send the browser, and the token it must bring back in a cookie. Throws TOO_MANY_REQUESTS. */
export async function startSignInByProvider(
  ctx: Context,
  input: { provider: IdentityProvider; source: string },
): Promise<{ token: string; address: URL }> {
  await ctx.throttles.challenge.admit(input.source);
  const token = await startChallenge(ctx, { purpose: "SINGLE_SIGN_ON", userId: null });
  return { token, address: await input.provider.signInAddress(bindingOf(ctx, token)) };
}

/**
 * Ends single sign-on. People are known by issuer and subject; the first time by an address the provider has verified; strangers get an
 * account only with a verified address of an allowed domain. Throws UNAUTHORIZED in the same words for every reason.
 */
export async function finishSignInByProvider(
  ctx: Context,
  input: { provider: IdentityProvider; token: string; address: URL },
): Promise<IssuedTokens> {
  const challenge = await takeAttempt(ctx, { purpose: "SINGLE_SIGN_ON", token: input.token });
  if (!challenge) throw challengeOver();
  // Spent before the provider is asked: an answer counts once, also when it is sent twice at the same time.
  await spendChallenge(ctx, ctx.db.prisma, challenge);
  const identity = await input.provider
    .readAnswer(input.address, bindingOf(ctx, input.token))
    .catch((error: unknown) => refuse(ctx, "answer", error));
  const user = await ctx.db.prisma.$transaction((tx) => findOrCreate(ctx, tx, { ...input, identity }));
  if (!user) return refuse(ctx, "person");
  return startSession(ctx, user, "SINGLE_SIGN_ON");
}

/** Derived from the token, so that state, nonce and verifier need no place of their own. */
function bindingOf(ctx: Context, token: string): SignInBinding {
  const derive = (purpose: string) => macOf(ctx.keyring.oneTimeLink, `single sign-on ${purpose} ${token}`);
  return { state: derive("state"), nonce: derive("nonce"), codeVerifier: derive("verifier") };
}

async function refuse(ctx: Context, reason: "answer" | "person", cause?: unknown): Promise<never> {
  await recordEvent(ctx, { type: "auth.sign_in_failed", data: { method: "SINGLE_SIGN_ON", reason } });
  ctx.log.warn({ event: "authn_login_fail", method: "SINGLE_SIGN_ON", reason }, "single sign-on refused");
  throw new AppError("UNAUTHORIZED", "Single sign-on did not let you in. Ask your administrator.", { cause });
}

async function findOrCreate(
  ctx: Context,
  tx: Transaction,
  { provider, identity }: { provider: IdentityProvider; identity: ProvidedIdentity },
): Promise<User | null> {
  const { issuer, subject } = identity;
  const known = await tx.oidcIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { ...userSelect, disabledAt: true } } },
  });
  if (known) return enabled(known.user);
  if (identity.email === null || !identity.isEmailVerified) return null;
  const email = addressKey(identity.email);
  const existing = await tx.user.findUnique({
    where: { email },
    select: { ...userSelect, disabledAt: true },
  });
  const user = existing ? enabled(existing) : await createAccount(ctx, tx, { provider, identity, email });
  if (!user) return null;
  await tx.oidcIdentity.create({
    data: { id: uuidv7(), userId: user.id, issuer, subject, createdAt: ctx.now() },
  });
  await tx.$executeRaw(eventInsert(ctx, { type: "identity.linked", userId: user.id }).sql);
  return user;
}

function enabled({ disabledAt, ...user }: User & { disabledAt: Date | null }): User | null {
  return disabledAt === null ? user : null;
}

async function createAccount(
  ctx: Context,
  tx: Transaction,
  input: { provider: IdentityProvider; identity: ProvidedIdentity; email: string },
): Promise<User | null> {
  const { provider, email } = input;
  const domain = email.slice(email.lastIndexOf("@") + 1);
  if (!provider.allowedDomains.includes(domain)) return null;
  const role = provider.defaultRole;
  const user = await tx.user.create({
    data: {
      id: uuidv7(),
      email,
      name: input.identity.name?.trim().slice(0, 100) || email,
      role,
      timeZone: ctx.settings.officeTimeZone,
      createdAt: ctx.now(),
    },
    select: userSelect,
  });
  await tx.$executeRaw(
    eventInsert(ctx, { type: "user.created", userId: user.id, data: { role, method: "SINGLE_SIGN_ON" } }).sql,
  );
  return user;
}
