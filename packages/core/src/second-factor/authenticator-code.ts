import type { Transaction } from "@intake/db/database";
import { Secret, TOTP } from "otpauth";
import type { Context } from "../context";
import { unseal } from "../sealing";
import { codeDigits } from "./schema";

/** Seconds a code lasts (RFC 6238). */
const period = 30;
/** Steps a clock may be off, to either side. */
const window = 1;
const secretBytes = 20;

type CodeContext = Pick<Context, "keyring" | "now" | "secrets" | "settings">;

/** What a sealed secret belongs to. */
export const totpPlace = (userId: string) => `users.totp_secret ${userId}`;

/** A fresh secret, sealed for its owner, and what their app must know. */
export async function createAuthenticator(ctx: CodeContext, user: { id: string; email: string }) {
  const secret = new Secret({ size: secretBytes });
  const { officeName } = ctx.settings;
  return {
    sealed: await ctx.secrets.seal({ place: totpPlace(user.id), text: secret.base32 }),
    secret: secret.base32,
    uri: new TOTP({ issuer: `Intake – ${officeName}`, label: user.email, secret }).toString(),
  };
}

/** The time step a code belongs to, or null when it belongs to none around now. */
export async function findStep(
  ctx: CodeContext,
  input: { userId: string; sealedSecret: string; code: string },
): Promise<bigint | null> {
  const secret = Secret.fromBase32(
    await unseal(ctx, { place: totpPlace(input.userId), text: input.sealedSecret }),
  );
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

/**
 * The time step a code of a confirmed authenticator belongs to, or null. Asked before the transaction that spends it: the master key may
 * be a network call away.
 */
export async function findConfirmedStep(
  ctx: CodeContext & Pick<Context, "db">,
  { userId, code }: { userId: string; code: string },
): Promise<bigint | null> {
  const user = await ctx.db.prisma.user.findFirst({
    where: { id: userId, NOT: { totpConfirmedAt: null } },
    select: { totpSecret: true },
  });
  return user?.totpSecret ? findStep(ctx, { userId, sealedSecret: user.totpSecret, code }) : null;
}

/** Spends a time step of a confirmed authenticator: true once, and never again for it or an earlier one. */
export async function spendStep(tx: Transaction, input: { userId: string; step: bigint }): Promise<boolean> {
  const spent = await tx.user.updateMany({
    where: {
      id: input.userId,
      NOT: { totpConfirmedAt: null },
      OR: [{ totpLastStep: null }, { totpLastStep: { lt: input.step } }],
    },
    data: { totpLastStep: input.step },
  });
  return spent.count === 1;
}
