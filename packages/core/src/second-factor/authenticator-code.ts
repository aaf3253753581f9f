import type { Transaction } from "@intake/db/database";
import { Secret, TOTP } from "otpauth";
import type { Context } from "../context";
import { seal, unseal } from "../sealing";
import { codeDigits } from "./schema";

/** Seconds a code lasts (RFC 6238). */
const period = 30;
/** Steps a clock may be off, to either side. */
const window = 1;
const secretBytes = 20;

type CodeContext = Pick<Context, "keyring" | "now" | "settings">;

const placeOf = (userId: string) => `users.totp_secret ${userId}`;

/** A fresh secret, sealed for its owner, and what their app must know. */
export function createAuthenticator(ctx: CodeContext, user: { id: string; email: string }) {
  const secret = new Secret({ size: secretBytes });
  const { officeName } = ctx.settings;
  return {
    sealed: seal(ctx, { place: placeOf(user.id), text: secret.base32 }),
    secret: secret.base32,
    uri: new TOTP({ issuer: `Intake – ${officeName}`, label: user.email, secret }).toString(),
  };
}

/** The time step a code belongs to, or null when it belongs to none around now. */
export function findStep(
  ctx: CodeContext,
  input: { userId: string; sealedSecret: string; code: string },
): bigint | null {
  const secret = Secret.fromBase32(unseal(ctx, { place: placeOf(input.userId), text: input.sealedSecret }));
  const now = ctx.now().getTime();
  const delta = TOTP.validate({
    token: input.code,
    secret,
    digits: codeDigits,
    period,
    window,
    timestamp: now,
  });
  return delta === null ? null : BigInt(Math.floor(now / 1000 / period) + delta);
}

/** Spends a code of a confirmed authenticator: true once, for the right code, and never again for its time step or an earlier one. */
export async function spendCode(
  ctx: CodeContext,
  tx: Transaction,
  input: { userId: string; code: string },
): Promise<boolean> {
  const user = await tx.user.findUnique({
    where: { id: input.userId },
    select: { totpSecret: true, totpConfirmedAt: true },
  });
  if (!user?.totpSecret || user.totpConfirmedAt === null) return false;
  const step = findStep(ctx, { userId: input.userId, sealedSecret: user.totpSecret, code: input.code });
  if (step === null) return false;
  const spent = await tx.user.updateMany({
    where: { id: input.userId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return spent.count === 1;
}
