import type { Transaction } from "@intake/db/database";
import { generateAuthenticationOptions, verifyAuthenticationResponse } from "@simplewebauthn/server";
import type { Context } from "../context";
import { passkeyChallengeOf } from "./challenges";
import type { PasskeyAnswer, PasskeyChallenge } from "./schema";

/** Milliseconds a browser waits for the person. */
const timeout = 5 * 60 * 1000;

/** Passkeys belong to the host name people open, and to no other (WebAuthn's relying party). */
export function relyingParty({ settings }: Pick<Context, "settings">) {
  const { hostname, origin } = new URL(settings.publicUrl);
  return { id: hostname, origin, name: `Intake – ${settings.officeName}` };
}

/** What the browser is asked to sign: with `userId` by one of this person's passkeys, without by whichever the person picks. */
export async function passkeyQuestion(
  ctx: Context,
  input: { token: string; userId: string | null },
): Promise<PasskeyChallenge> {
  const passkeys = input.userId
    ? await ctx.db.prisma.passkey.findMany({
        where: { userId: input.userId },
        select: { credentialId: true, transports: true },
      })
    : [];
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(ctx).id,
    challenge: Uint8Array.from(Buffer.from(passkeyChallengeOf(input.token), "base64url")),
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // Fingerprint, face or PIN: with it a passkey is two factors in one.
    userVerification: "required",
    timeout,
  });
  return { token: input.token, options: { ...options } };
}

/**
 * Checks a passkey's answer and notes its new counter: the id of its owner, or null for anything that does not hold. A counter that
 * went backwards means a copied key: it is refused and logged. With `userId` only this person's passkeys count.
 */
export async function checkPasskey(
  ctx: Context,
  tx: Transaction,
  input: { token: string; passkey: PasskeyAnswer; userId: string | null },
): Promise<string | null> {
  const passkey = await tx.passkey.findUnique({ where: { credentialId: input.passkey.id } });
  if (!passkey || (input.userId !== null && passkey.userId !== input.userId)) return null;
  const party = relyingParty(ctx);
  const { userHandle, ...response } = input.passkey.response;
  const verification = await verifyAuthenticationResponse({
    response: { ...input.passkey, response: { ...response, ...(userHandle && { userHandle }) } },
    expectedChallenge: passkeyChallengeOf(input.token),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    // Zero, so that a counter that went backwards is told apart from a wrong signature, below.
    credential: { id: passkey.credentialId, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
  }).catch(() => null);
  if (!verification?.verified) return null;
  const { newCounter, credentialBackedUp } = verification.authenticationInfo;
  const counts = newCounter > 0 || passkey.counter > 0n;
  const updated = await tx.passkey.updateMany({
    where: { id: passkey.id, ...(counts ? { counter: { lt: newCounter } } : {}) },
    data: { counter: newCounter, isBackedUp: credentialBackedUp, lastUsedAt: ctx.now() },
  });
  if (updated.count === 1) return passkey.userId;
  ctx.log.error(
    { event: "authn_passkey_copied", userId: passkey.userId, passkeyId: passkey.id },
    "passkey refused: its counter went backwards, so there may be a copy of it",
  );
  return null;
}
