import { randomUUID } from "node:crypto";
import type { Log } from "@intake/core/ports/log";
import type { RequestHandler } from "express";
import type { Metrics } from "../metrics";
import { traceRequest } from "../tracing/trace-request";
import { stateOf } from "./request-state";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Gives every request an id, in the answer and in the log, and writes one line when it is done (detail 4.70). A client that names its
 * request by a UUID finds it under that; anything else it sends is not read.
 */
export function trackRequests({ log, metrics }: { log: Log; metrics: Metrics }): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const { method } = request;
    const sent = request.get("X-Request-Id");
    const requestId = sent !== undefined && uuid.test(sent) ? sent : randomUUID();
    Object.assign(response.locals, { requestId, route: null, userId: null });
    response.setHeader("X-Request-Id", requestId);
    const endTrace = traceRequest({ requestId, method }, () => {
      response.once("close", () => {
        const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
        const { route, userId } = stateOf(response);
        const status = response.writableFinished ? response.statusCode : 499;
        const name = route ?? "other";
        const isStream = response.getHeader("Content-Type") === "text/event-stream";
        metrics.requests.observe({ method, route: name, status, seconds, isStream });
        log.info(
          {
            requestId,
            method,
            route: name,
            status,
            durationMs: Math.round(seconds * 10_000) / 10,
            userId,
          },
          "request",
        );
        endTrace({ route: name, status });
      });
      next();
    });
  };
}
