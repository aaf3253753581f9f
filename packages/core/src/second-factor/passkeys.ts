import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { passkeyChallengeOf, spendChallenge, startChallenge, takeAttempt } from "./challenges";
import { relyingParty } from "./check-passkey";
import type { AddPasskey, PasskeyChallenge, RecoveryCodes } from "./schema";
import { assertNotLastNeeded, lockFactors, settleChange } from "./settle-change";

const maxPasskeys = 20;

/** What the browser needs to make a passkey for the caller. */
export async function askNewPasskey(ctx: PersonContext): Promise<PasskeyChallenge> {
  const { user } = ctx.actor;
  const owned = await ctx.db.prisma.passkey.findMany({
    where: { userId: user.id },
    select: { credentialId: true, transports: true },
  });
  if (owned.length >= maxPasskeys)
    throw new AppError("CONFLICT", `You have ${maxPasskeys} passkeys. Remove one before you add another.`);
  const token = await startChallenge(ctx, { purpose: "PASSKEY_REGISTRATION", userId: user.id });
  const party = relyingParty(ctx);
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: Uint8Array.from(Buffer.from(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    challenge: Uint8Array.from(Buffer.from(passkeyChallengeOf(token), "base64url")),
    attestationType: "none",
    excludeCredentials: owned.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // So that it can sign in alone: found without a name, opened by fingerprint, face or PIN.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { token, options: { ...options } };
}

/** Adds the passkey the browser made. Throws UNPROCESSABLE_CONTENT when it does not answer our question. */
export async function addPasskey(ctx: PersonContext, input: AddPasskey): Promise<RecoveryCodes> {
  const userId = ctx.actor.user.id;
  const challenge = await takeAttempt(ctx, { purpose: "PASSKEY_REGISTRATION", token: input.token, userId });
  const party = relyingParty(ctx);
  const { transports, ...response } = input.passkey.response;
  const verification = challenge
    ? await verifyRegistrationResponse({
        response: { ...input.passkey, response: { ...response, ...(transports && { transports }) } },
        expectedChallenge: passkeyChallengeOf(input.token),
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: true,
      }).catch(() => null)
    : null;
  if (!challenge || !verification?.verified)
    throw new AppError("UNPROCESSABLE_CONTENT", "This passkey could not be added. Start again.");
  const { credential, credentialBackedUp } = verification.registrationInfo;
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    await spendChallenge(ctx, tx, challenge);
    if (await tx.passkey.findUnique({ where: { credentialId: credential.id }, select: { id: true } }))
      throw new AppError("CONFLICT", "This passkey is in use already.");
    await tx.passkey.create({
      data: {
        id: uuidv7(),
        userId,
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: transports ?? [],
        name: input.name,
        isBackedUp: credentialBackedUp,
        createdAt: ctx.now(),
      },
    });
    const kind = "passkey";
    return {
      recoveryCodes: await settleChange(ctx, tx, { userId, type: "second_factor.added", data: { kind } }),
    };
  });
}

/** Gives one of the caller's passkeys another name. Throws NOT_FOUND. */
export async function renamePasskey(
  ctx: PersonContext,
  input: { passkeyId: string; name: string },
): Promise<void> {
  const userId = ctx.actor.user.id;
  await ctx.db.prisma.$transaction(async (tx) => {
    const renamed = await tx.passkey.updateMany({
      where: { id: input.passkeyId, userId },
      data: { name: input.name },
    });
    if (renamed.count === 0) throw unknownPasskey();
    const data = { passkeyId: input.passkeyId };
    await tx.$executeRaw(eventInsert(ctx, { type: "passkey.renamed", userId, data }).sql);
  });
}

/** Removes one of the caller's passkeys. Throws NOT_FOUND, or CONFLICT when their role needs it. */
export async function removePasskey(ctx: PersonContext, input: { passkeyId: string }): Promise<void> {
  const userId = ctx.actor.user.id;
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockFactors(tx, userId);
    const passkey = await tx.passkey.findFirst({
      where: { id: input.passkeyId, userId },
      select: { id: true },
    });
    if (!passkey) throw unknownPasskey();
    await assertNotLastNeeded(tx, userId);
    await tx.passkey.delete({ where: { id: passkey.id } });
    const kind = "passkey";
    await settleChange(ctx, tx, { userId, type: "second_factor.removed", data: { kind } });
  });
}

function unknownPasskey(): AppError {
  return new AppError("NOT_FOUND", "This passkey is not one of yours, or it is gone already.");
}
