import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportAuditEvents } from "@intake/core/audit/export-audit-events";
import { auditFilterSchema } from "@intake/core/audit/schema";
import type { Effects } from "@intake/core/context";
import { Router } from "express";
import { stateOf } from "./request-state";
import { steppedUpPerson } from "./stepped-up-person";

/** `GET /api/audit/export`: the signed CSV, for a person who has just proved who they are. */
export function auditExportRoute(effects: Effects): Router {
  const routes = Router();
  routes.get("/api/audit/export", async (request, response) => {
    stateOf(response).route = "/api/audit/export";
    const ctx = await steppedUpPerson(effects, { request, response }, "audit.export");
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
