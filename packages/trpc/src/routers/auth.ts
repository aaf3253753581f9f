import { createFirstAdmin, hasAnyUser, isSetupTokenValid } from "@intake/core/auth/first-admin";
import { refreshSession } from "@intake/core/auth/refresh-session";
import {
  firstAdminSchema,
  refreshSchema,
  signedInUserSchema,
  signInSchema,
  tokenAnswerSchema,
} from "@intake/core/auth/schema";
import { type IssuedTokens, signIn } from "@intake/core/auth/sign-in";
import { signOut } from "@intake/core/auth/sign-out";
import { askStepUp, stepUp } from "@intake/core/auth/step-up";
import { AppError } from "@intake/core/errors";
import { getPasswordRules } from "@intake/core/passwords/check-password";
import { passwordRulesSchema } from "@intake/core/passwords/schema";
import {
  challengeSchema,
  passkeyChallengeSchema,
  passkeySignInSchema,
  secondFactorNeededSchema,
  stepUpMethodsSchema,
  stepUpSchema,
  verifySecondFactorSchema,
} from "@intake/core/second-factor/schema";
import { askPasskey, signInByPasskey } from "@intake/core/second-factor/sign-in-by-passkey";
import { askSecondFactorPasskey, verifySecondFactor } from "@intake/core/second-factor/verify-second-factor";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import type { RequestContext } from "../context";
import { personProcedure, publicProcedure, signedInProcedure } from "../procedures";

/** The refresh token leaves in the body only for callers that asked for it; browsers get the HttpOnly cookie. */
function deliver(ctx: RequestContext, tokens: IssuedTokens, delivery: "cookie" | "body") {
  if (delivery === "body") return { ...tokens.answer, refreshToken: tokens.refreshToken };
  ctx.refreshCookie.write(tokens.refreshToken);
  return tokens.answer;
}

export const authRouter = {
  login: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/api/auth/login",
        tags: ["Auth"],
        summary: "Sign in by email and password",
        protect: false,
        description:
          "An account with a second factor gets `secondFactor` instead of tokens: finish with /api/auth/second-factor.",
        errorResponses: [401, 422, 429, 503],
      },
    })
    .input(signInSchema)
    .output(z.union([tokenAnswerSchema, secondFactorNeededSchema]))
    .mutation(async ({ ctx, input }) => {
      const outcome = await signIn(ctx.core, { ...input, source: ctx.source });
      return "secondFactor" in outcome ? outcome : deliver(ctx, outcome, input.tokenDelivery);
    }),

  /** Ways of signing in beside password and passkey. */
  ways: publicProcedure
    .output(z.object({ singleSignOn: z.string().nullable() }))
    .query(({ ctx }) => ({ singleSignOn: ctx.effects.identityProvider?.name ?? null })),

  verifySecondFactor: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/api/auth/second-factor",
        tags: ["Auth"],
        summary: "The second step of signing in: a code, a recovery code or a passkey",
        protect: false,
        errorResponses: [401, 422, 429, 503],
      },
    })
    .input(verifySecondFactorSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const tokens = await verifySecondFactor(ctx.core, { ...input, source: ctx.source });
      return deliver(ctx, tokens, input.tokenDelivery);
    }),

  askSecondFactorPasskey: publicProcedure
    .input(challengeSchema)
    .output(passkeyChallengeSchema)
    .mutation(({ ctx, input }) => askSecondFactorPasskey(ctx.core, input)),

  askPasskey: publicProcedure
    .output(passkeyChallengeSchema)
    .mutation(({ ctx }) => askPasskey(ctx.core, { source: ctx.source })),

  loginByPasskey: publicProcedure
    .input(passkeySignInSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const tokens = await signInByPasskey(ctx.core, { ...input, source: ctx.source });
      return deliver(ctx, tokens, input.tokenDelivery);
    }),

  askStepUp: personProcedure.output(stepUpMethodsSchema).mutation(({ ctx }) => askStepUp(ctx.core)),

  stepUp: personProcedure
    .input(stepUpSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await stepUp(ctx.core, { ...input, source: ctx.source });
      return null;
    }),

  refresh: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/api/auth/refresh",
        tags: ["Auth"],
        summary: "Get a new token pair; the old refresh token is spent",
        protect: false,
        description:
          "Without `refreshToken` the cookie is used; then Origin and X-Requested-With: intake are required.",
        errorResponses: [401, 403, 422, 429, 503],
      },
    })
    .input(refreshSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const refreshToken = input.refreshToken ?? ctx.refreshCookie.read();
      if (refreshToken === null) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
      const tokens = await refreshSession(ctx.core, { refreshToken });
      return deliver(ctx, tokens, input.refreshToken === undefined ? "cookie" : "body");
    }),

  logout: personProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/api/auth/logout",
        tags: ["Auth"],
        summary: "End this session everywhere",
        protect: true,
        errorResponses: [401, 422, 503],
      },
    })
    .input(z.strictObject({}).optional())
    .output(z.null())
    .mutation(async ({ ctx }) => {
      await signOut(ctx.core);
      ctx.refreshCookie.clear();
      return null;
    }),

  me: signedInProcedure.output(signedInUserSchema).query(({ ctx }) => ctx.core.actor.user),

  /** Changes nothing, but is a POST: its token must not travel in an address. */
  setupState: publicProcedure
    .input(z.strictObject({ token: z.string().max(200) }))
    .output(z.object({ needsFirstAdmin: z.boolean(), tokenValid: z.boolean(), rules: passwordRulesSchema }))
    .mutation(async ({ ctx, input }) => ({
      needsFirstAdmin: !(await hasAnyUser(ctx.core)),
      tokenValid: await isSetupTokenValid(ctx.core, input.token),
      rules: await getPasswordRules(ctx.core),
    })),

  createFirstAdmin: publicProcedure
    .input(firstAdminSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => deliver(ctx, await createFirstAdmin(ctx.core, input), "cookie")),
} satisfies TRPCRouterRecord;
