import { assertSecondFactor } from "@intake/core/auth/assert-second-factor";
import { assertSteppedUp } from "@intake/core/auth/assert-stepped-up";
import { authenticate } from "@intake/core/auth/authenticate";
import { can, explainDenial, type Permission } from "@intake/core/auth/policy";
import type { Effects, PersonContext } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { createRequestContext } from "./request-context";
import { type Exchange, strangerContext } from "./staff-context";

/**
 * The person who calls a route that hands out much at once: in person, with the permission, and proven within the last ten minutes.
 * Throws UNAUTHORIZED, FORBIDDEN.
 */
export async function steppedUpPerson(
  effects: Effects,
  exchange: Exchange,
  permission: Permission,
): Promise<PersonContext> {
  const { accessToken, idleSeconds, heardUpTo, onActor } = createRequestContext(
    effects,
    exchange.request,
    exchange.response,
  );
  const ctx = strangerContext(effects, exchange);
  const caller = accessToken === null ? null : await authenticate(ctx, { token: accessToken, idleSeconds });
  if (!caller) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  onActor(caller.user.id);
  assertSecondFactor(caller);
  if (!can(caller.user, permission)) throw new AppError("FORBIDDEN", explainDenial(permission));
  assertSteppedUp(ctx, caller);
  const { provedAt: _, lacksSecondFactor: __, wroteUpTo, ...actor } = caller;
  if (actor.type !== "user")
    throw new AppError("FORBIDDEN", "An API key cannot do this: sign in as a person.");
  return { ...ctx, actor, mustSee: Math.max(wroteUpTo, heardUpTo) };
}
