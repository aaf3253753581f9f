import { createFirstAdmin, hasAnyUser, isSetupTokenValid } from "@intake/core/auth/first-admin";
import { refreshSession } from "@intake/core/auth/refresh-session";
import {
  firstAdminSchema,
  refreshSchema,
  signInSchema,
  tokenAnswerSchema,
  userSchema,
} from "@intake/core/auth/schema";
import { type IssuedTokens, signIn } from "@intake/core/auth/sign-in";
import { signOut } from "@intake/core/auth/sign-out";
import { AppError } from "@intake/core/errors";
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
      access: "public",
      openapi: {
        method: "POST",
        path: "/api/auth/login",
        tags: ["Auth"],
        summary: "Sign in by email and password",
        protect: false,
        errorResponses: [401, 422, 429, 503],
      },
    })
    .input(signInSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const tokens = await signIn(ctx.core, { ...input, source: ctx.source });
      return deliver(ctx, tokens, input.tokenDelivery);
    }),

  refresh: publicProcedure
    .meta({
      access: "public",
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
      access: "person",
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

  me: signedInProcedure.output(userSchema).query(({ ctx }) => ctx.core.actor.user),

  /** Changes nothing, but is a POST: its token must not travel in an address. */
  setupState: publicProcedure
    .input(z.strictObject({ token: z.string().max(200) }))
    .output(z.object({ needsFirstAdmin: z.boolean(), tokenValid: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({
      needsFirstAdmin: !(await hasAnyUser(ctx.core)),
      tokenValid: await isSetupTokenValid(ctx.core, input.token),
    })),

  createFirstAdmin: publicProcedure
    .input(firstAdminSchema)
    .output(tokenAnswerSchema)
    .mutation(async ({ ctx, input }) => deliver(ctx, await createFirstAdmin(ctx.core, input), "cookie")),
} satisfies TRPCRouterRecord;
