import { browserErrorSchema } from "@intake/core/browser-errors/schema";
import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import express, { Router } from "express";
import type { Metrics } from "../metrics";
import { stateOf } from "./request-state";

const path = "/api/browser-errors";
const maxBodyBytes = 8 * 1024;

/** `POST /api/browser-errors`: our own pages tell of their errors, which are counted, logged, and reported where errors go. */
export function browserErrorRoute(
  { throttles, log }: Pick<Effects, "throttles" | "log">,
  { browserErrors }: Pick<Metrics, "browserErrors">,
): Router {
  const routes = Router();
  // A rate can only be told from a series that was there before its first error.
  for (const app of browserErrorSchema.shape.app.options) browserErrors.inc({ app }, 0);
  routes.post(path, express.json({ limit: maxBodyBytes, strict: true }), async (request, response) => {
    stateOf(response).route = path;
    if (!request.is("application/json"))
      throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON, with Content-Type: application/json.");
    const { app, kind, route, lastRequestId, ...browserError } = browserErrorSchema.parse(request.body);
    await throttles.browserError.admit(request.ip ?? "unknown");
    browserErrors.inc({ app });
    log.error({ event: "browser_error", app, kind, route, lastRequestId, browserError }, "error in a page");
    response.set("Cache-Control", "no-store").status(204).end();
  });
  return routes;
}
