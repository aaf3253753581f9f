import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { changePassword } from "@intake/core/passwords/change-password";
import { getPasswordRules } from "@intake/core/passwords/check-password";
import { requestPasswordReset } from "@intake/core/passwords/request-password-reset";
import { findPasswordReset, resetPassword } from "@intake/core/passwords/reset-password";
import {
  changePasswordSchema,
  linkTokenSchema,
  passwordRulesSchema,
  requestResetSchema,
  resetPasswordSchema,
  resetStateSchema,
} from "@intake/core/passwords/schema";
import { acceptInvitation, findInvitation } from "@intake/core/people/accept-invitation";
import { getProfile, updateProfile } from "@intake/core/people/profile";
import {
  acceptInvitationSchema,
  invitationStateSchema,
  profileSchema,
  updateProfileSchema,
} from "@intake/core/people/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { personProcedure, publicProcedure } from "../procedures";

/** One's own account. What asks about a link is a POST although it changes nothing: its token must not travel in an address. */
export const accountRouter = {
  profile: personProcedure.output(profileSchema).query(({ ctx }) => getProfile(ctx.core)),

  updateProfile: personProcedure
    .input(updateProfileSchema)
    .output(profileSchema)
    .mutation(({ ctx, input }) => updateProfile(ctx.core, input)),

  passwordRules: personProcedure
    .output(passwordRulesSchema)
    .query(({ ctx }) => getPasswordRules(ctx.core, ctx.core.actor.user)),

  changePassword: personProcedure
    .input(changePasswordSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx.core, { ...input, source: ctx.source });
      return null;
    }),

  invitationState: publicProcedure
    .input(linkTokenSchema)
    .output(invitationStateSchema)
    .mutation(({ ctx, input }) => findInvitation(ctx.core, input)),

  acceptInvitation: publicProcedure
    .input(acceptInvitationSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const tokens = await acceptInvitation(ctx.core, input);
      ctx.refreshCookie.write(tokens.refreshToken);
      return tokens.answer;
    }),

  requestReset: publicProcedure
    .input(requestResetSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await requestPasswordReset(ctx.core, { ...input, source: ctx.source });
      return null;
    }),

  resetState: publicProcedure
    .input(linkTokenSchema)
    .output(resetStateSchema)
    .mutation(({ ctx, input }) => findPasswordReset(ctx.core, input)),

  resetPassword: publicProcedure
    .input(resetPasswordSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await resetPassword(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
