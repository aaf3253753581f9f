import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportAuditEvents } from "@intake/core/audit/export-audit-events";
import { auditFilterSchema } from "@intake/core/audit/schema";
import { assertSecondFactor } from "@intake/core/auth/assert-second-factor";
import { assertSteppedUp } from "@intake/core/auth/assert-stepped-up";
import { authenticate } from "@intake/core/auth/authenticate";
import { coarseSource } from "@intake/core/auth/coarse-source";
import { can, explainDenial } from "@intake/core/auth/policy";
import type { Context, Effects, PersonContext } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { type Request, type Response, Router } from "express";
import { createRequestContext } from "./request-context";
import { stateOf } from "./request-state";

/** `GET /api/audit/export`: the signed CSV, for a person who has just proved who they are. */
export function auditExportRoute(effects: Effects): Router {
  const routes = Router();
  routes.get("/api/audit/export", async (request, response) => {
    stateOf(response).route = "/api/audit/export";
    const ctx = await exporterContext(effects, request, response);
    const filter = auditFilterSchema.parse(request.query);
    response.set({
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="audit-${ctx.now().toISOString().slice(0, 10)}.csv"`,
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cache-Control": "private, no-store",
    });
    await pipeline(Readable.from(exportAuditEvents(ctx, filter)), response);
  });
  return routes;
}

async function exporterContext(
  effects: Effects,
  request: Request,
  response: Response,
): Promise<PersonContext> {
  const { accessToken, idleSeconds, requestId, source, onActor } = createRequestContext(
    effects,
    request,
    response,
  );
  const ctx: Context = { ...effects, actor: { type: "prospect" }, requestId, source: coarseSource(source) };
  const caller = accessToken === null ? null : await authenticate(ctx, { token: accessToken, idleSeconds });
  if (!caller) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  onActor(caller.user.id);
  assertSecondFactor(caller);
  if (!can(caller.user, "audit.export")) throw new AppError("FORBIDDEN", explainDenial("audit.export"));
  assertSteppedUp(ctx, caller);
  const { provedAt: _, lacksSecondFactor: __, ...actor } = caller;
  if (actor.type !== "user")
    throw new AppError("FORBIDDEN", "An API key cannot do this: sign in as a person.");
  return { ...ctx, actor };
}
