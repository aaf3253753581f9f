import { assertSecondFactor } from "@intake/core/auth/assert-second-factor";
import { authenticate } from "@intake/core/auth/authenticate";
import { coarseSource } from "@intake/core/auth/coarse-source";
import { can, explainDenial, type Permission } from "@intake/core/auth/policy";
import type { Context, Effects, StaffContext } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import type { Request, Response } from "express";
import { createRequestContext } from "./request-context";
import { stateOf } from "./request-state";

/** One request and its answer, as the routes hand them on. */
export interface Exchange {
  request: Request;
  response: Response;
}

/** The context of whoever calls a route that carries files: nobody of the staff yet. */
export function strangerContext(effects: Effects, { request, response }: Exchange): Context {
  return {
    ...effects,
    actor: { type: "prospect" },
    requestId: stateOf(response).requestId,
    source: coarseSource(request.ip ?? "unknown"),
    userAgent: request.headers["user-agent"] ?? null,
  };
}

/** The caller by their bearer token, as for the procedures. Throws UNAUTHORIZED, or FORBIDDEN without the permission. */
export async function staffContext(
  effects: Effects,
  exchange: Exchange,
  permission: Permission,
): Promise<StaffContext> {
  const { accessToken, idleSeconds, heardUpTo, onActor } = createRequestContext(
    effects,
    exchange.request,
    exchange.response,
  );
  const ctx = strangerContext(effects, exchange);
  const actor = accessToken === null ? null : await authenticate(ctx, { token: accessToken, idleSeconds });
  if (!actor) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  onActor(actor.user.id);
  assertSecondFactor(actor);
  if (!can(actor.user, permission)) throw new AppError("FORBIDDEN", explainDenial(permission));
  return { ...ctx, actor, mustSee: Math.max(actor.wroteUpTo, heardUpTo) };
}
