import { assertSecondFactor } from "@intake/core/auth/assert-second-factor";
import { assertSteppedUp } from "@intake/core/auth/assert-stepped-up";
import { authenticate } from "@intake/core/auth/authenticate";
import { coarseSource } from "@intake/core/auth/coarse-source";
import { noteWritten } from "@intake/core/auth/note-written";
import { can, explainDenial, type Permission } from "@intake/core/auth/policy";
import type { Context, PersonContext, StaffContext } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { toAppError } from "@intake/core/translate-error";
import { initTRPC, TRPCError } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { OpenApiMeta } from "trpc-to-openapi";
import { z } from "zod";
import type { RequestContext } from "./context";

/** Who may call: everybody, any signed-in caller, any person (no API key), or callers with a permission. The role matrix test walks it. */
export type Access = "public" | "signed-in" | "person" | Permission;

interface ProcedureMeta extends OpenApiMeta {
  /** Optional only because trpc-to-openapi asks for it; the role matrix test fails on a procedure without. */
  access?: Access;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    sse: {
      // Proxies and sleeping laptops let silent connections die without a word; milliseconds.
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const known = appErrorOf(error);
      return {
        // No stack and no foreign message ever leaves (security rule 27).
        message: known.message,
        // Of what is thrown in the middle of a subscription tRPC itself knows only that it failed.
        code: TRPC_ERROR_CODES_BY_KEY[known.code],
        data: {
          code: known.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          requestId: ctx?.requestId ?? null,
          errors: known.errors ?? [],
          retryAfterSeconds: known.retryAfterSeconds ?? null,
          current: known.current ?? null,
          remedy: known.remedy ?? null,
        },
      };
    },
  });

export const router = t.router;

/** The one place where failures become tRPC errors; procedures never catch. */
const translated = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  const known = appErrorOf(result.error);
  if (known.code === "INTERNAL_SERVER_ERROR") {
    ctx.effects.log.error(
      { requestId: ctx.requestId, error: known.cause },
      "unexpected error in a procedure",
    );
  }
  throw new TRPCError({ code: known.code, message: known.message, cause: known });
});

function strangerContext(ctx: RequestContext): Context {
  return {
    ...ctx.effects,
    actor: { type: "prospect" },
    requestId: ctx.requestId,
    source: coarseSource(ctx.source),
    userAgent: ctx.userAgent,
  };
}

/** Callable by anybody. `ctx.core` speaks as the prospect. */
export const publicProcedure = translated.meta({ access: "public" }).use(({ ctx, next }) => {
  return next({ ctx: { core: strangerContext(ctx) } });
});

const signedIn = translated.use(async ({ ctx, next, type }) => {
  const core = strangerContext(ctx);
  const actor =
    ctx.accessToken === null
      ? null
      : await authenticate(core, { token: ctx.accessToken, idleSeconds: ctx.idleSeconds });
  if (!actor) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  ctx.onActor(actor.user.id);
  const { provedAt, lacksSecondFactor, wroteUpTo, ...caller } = actor;
  const staff: StaffContext = { ...core, actor: caller, mustSee: Math.max(wroteUpTo, ctx.heardUpTo) };
  const result = await next({ ctx: { core: staff, standing: { provedAt, lacksSecondFactor } } });
  if (type === "mutation") await noteWritten(staff);
  return result;
});

function personContext(staff: StaffContext): PersonContext {
  const { actor } = staff;
  if (actor.type !== "user")
    throw new AppError("FORBIDDEN", "An API key cannot do this: sign in as a person.");
  return { ...staff, actor };
}

/** Callable by every signed-in caller, people and API keys. */
export const signedInProcedure = signedIn.meta({ access: "signed-in" });

/** Callable by every signed-in person, never by an API key: profile, security, sessions. */
export const personProcedure = signedIn.meta({ access: "person" }).use(({ ctx, next }) => {
  return next({ ctx: { core: personContext(ctx.core) } });
});

/** As `personProcedure`, for what a stolen session must not do: the person proved who they are within the last ten minutes. */
export const steppedUpProcedure = personProcedure.use(({ ctx, next }) => {
  assertSteppedUp(ctx.core, ctx.standing);
  return next();
});

/**
 * Callable by people whose role has the permission, read from the database on every call. With `stepUp` only by a person who proved
 * who they are within the last ten minutes.
 */
export function staffProcedure(permission: Permission, { stepUp = false }: { stepUp?: boolean } = {}) {
  return signedIn.meta({ access: permission }).use(({ ctx, next }) => {
    assertSecondFactor(ctx.standing);
    if (!can(ctx.core.actor.user, permission)) {
      ctx.core.log.warn(
        { event: "authz_fail", userId: ctx.core.actor.user.id, permission },
        "permission denied",
      );
      throw new AppError("FORBIDDEN", explainDenial(permission));
    }
    if (stepUp) assertSteppedUp(ctx.core, ctx.standing);
    return next();
  });
}

/** As `staffProcedure`, but never by an API key: for what could make a stolen key outlive its end. */
export function staffPersonProcedure(permission: Permission, options: { stepUp?: boolean } = {}) {
  return staffProcedure(permission, options).use(({ ctx, next }) => {
    const core = personContext(ctx.core);
    return next({ ctx: { core } });
  });
}

/** What a caller may know about an error that tRPC holds: our own, a refused input, or one of tRPC's. */
export function appErrorOf(error: TRPCError): AppError {
  const { cause } = error;
  if (cause instanceof AppError || cause instanceof z.ZodError) return toAppError(cause);
  switch (error.code) {
    case "NOT_FOUND":
      return new AppError("NOT_FOUND", "There is nothing at this address.");
    case "PARSE_ERROR":
    case "BAD_REQUEST":
      return new AppError("BAD_REQUEST", "This request is not readable.", { cause: error });
    case "METHOD_NOT_SUPPORTED":
      return new AppError("METHOD_NOT_SUPPORTED", "Call queries by GET and mutations by POST.", {
        cause: error,
      });
    case "PAYLOAD_TOO_LARGE":
    case "UNSUPPORTED_MEDIA_TYPE":
    case "TOO_MANY_REQUESTS":
      return new AppError(
        error.code,
        "This request is larger, faster or of another type than accepted here.",
        { cause: error },
      );
    default:
      return toAppError(cause ?? error);
  }
}
