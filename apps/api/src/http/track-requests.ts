import { randomUUID } from "node:crypto";
import type { Log } from "@intake/core/ports/log";
import type { RequestHandler } from "express";
import type { Metrics } from "../metrics";
import { stateOf } from "./request-state";

/** Gives every request an id, in the answer and in the log, and writes one line when it is done (detail 4.70). */
export function trackRequests({ log, metrics }: { log: Log; metrics: Metrics }): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const requestId = randomUUID();
    Object.assign(response.locals, { requestId, route: null, userId: null });
    response.setHeader("X-Request-Id", requestId);
    response.once("close", () => {
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
      const { route, userId } = stateOf(response);
      const outcome = response.writableFinished ? response.statusCode : 499;
      const name = route ?? "other";
      metrics.requestSeconds.observe({ method: request.method, route: name, status: outcome }, seconds);
      log.info(
        {
          requestId,
          method: request.method,
          route: name,
          status: outcome,
          durationMs: Math.round(seconds * 10_000) / 10,
          userId,
        },
        "request",
      );
    });
    next();
  };
}
