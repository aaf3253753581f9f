import {
  confirmAuthenticator,
  removeAuthenticator,
  startAuthenticator,
} from "@intake/core/second-factor/authenticator";
import { addPasskey, askNewPasskey, removePasskey, renamePasskey } from "@intake/core/second-factor/passkeys";
import { resetSecondFactor } from "@intake/core/second-factor/reset-second-factor";
import {
  addPasskeySchema,
  authenticatorSetupSchema,
  confirmAuthenticatorSchema,
  passkeyByIdSchema,
  passkeyChallengeSchema,
  recoveryCodesSchema,
  renamePasskeySchema,
  resetSecondFactorSchema,
  secondFactorStateSchema,
} from "@intake/core/second-factor/schema";
import { getSecondFactorState, renewRecoveryCodes } from "@intake/core/second-factor/second-factor-state";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { personProcedure, staffProcedure, steppedUpProcedure } from "../procedures";

/** People's own second factors. Every change needs a fresh proof of who they are: a stolen session adds and removes nothing. */
export const secondFactorRouter = {
  state: personProcedure.output(secondFactorStateSchema).query(({ ctx }) => getSecondFactorState(ctx.core)),

  startAuthenticator: steppedUpProcedure
    .output(authenticatorSetupSchema)
    .mutation(({ ctx }) => startAuthenticator(ctx.core)),

  confirmAuthenticator: steppedUpProcedure
    .input(confirmAuthenticatorSchema)
    .output(recoveryCodesSchema)
    .mutation(({ ctx, input }) => confirmAuthenticator(ctx.core, input)),

  removeAuthenticator: steppedUpProcedure.output(z.null()).mutation(async ({ ctx }) => {
    await removeAuthenticator(ctx.core);
    return null;
  }),

  renewRecoveryCodes: steppedUpProcedure
    .output(recoveryCodesSchema)
    .mutation(({ ctx }) => renewRecoveryCodes(ctx.core)),

  askNewPasskey: steppedUpProcedure
    .output(passkeyChallengeSchema)
    .mutation(({ ctx }) => askNewPasskey(ctx.core)),

  addPasskey: steppedUpProcedure
    .input(addPasskeySchema)
    .output(recoveryCodesSchema)
    .mutation(({ ctx, input }) => addPasskey(ctx.core, input)),

  renamePasskey: personProcedure
    .input(renamePasskeySchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await renamePasskey(ctx.core, input);
      return null;
    }),

  removePasskey: steppedUpProcedure
    .input(passkeyByIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await removePasskey(ctx.core, input);
      return null;
    }),

  /** For a colleague who lost phone and recovery codes. */
  reset: staffProcedure("people.manage", { stepUp: true })
    .input(resetSecondFactorSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await resetSecondFactor(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
