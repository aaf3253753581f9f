import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { appRouter } from "@intake/trpc/router";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { type RequestHandler, Router } from "express";
import { createRequestContext } from "./request-context";
import { stateOf } from "./request-state";

const maxBodyBytes = 100 * 1024;
/**
 * Calls that may name ten thousand leads, 39 bytes each. tRPC reads a body only after the checks of its procedure, so strangers do not get
 * to send one (docs/decisions/0026-long-bodies.md).
 */
const longCalls = /^\/bulk\.(count|start)$/;
const maxLongBodyBytes = 512 * 1024;
const maxBatchSize = 10;
/** Calls that try secrets: each must be one request, so that throttles and logs see it. */
const soloCalls =
  /^((auth|secondFactor)\.|apiKeys\.create$|account\.(invitationState|acceptInvitation|requestReset|resetState|resetPassword|changePassword)$)/;

/** The tRPC door: JSON only, small bodies, short batches, sign-in never in a batch (security rule 26). */
export function trpcRoutes(effects: Effects): Router {
  const routes = Router();
  routes.use(guard);
  const door = (maxBodySize: number) =>
    createExpressMiddleware({
      router: appRouter,
      createContext: ({ req, res }) => createRequestContext(effects, req, res),
      maxBodySize,
      maxBatchSize,
      responseMeta: ({ errors }) => {
        const headers = new Headers({ "Cache-Control": "no-store" });
        const cause = errors[0]?.cause;
        if (cause instanceof AppError && cause.retryAfterSeconds !== undefined) {
          headers.set("Retry-After", String(cause.retryAfterSeconds));
        }
        return { headers };
      },
    });
  const [usual, long] = [door(maxBodyBytes), door(maxLongBodyBytes)];
  routes.use((request, response, next) =>
    (longCalls.test(request.path) ? long : usual)(request, response, next),
  );
  return routes;
}

const guard: RequestHandler = (request, response, next) => {
  const procedures = readProcedures(request.path);
  const known = procedures.every((procedure) => Object.hasOwn(appRouter._def.procedures, procedure));
  stateOf(response).route =
    known && procedures.length <= maxBatchSize ? `/trpc/${procedures.join(",")}` : "/trpc";
  if (request.method !== "GET" && request.method !== "POST" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, POST, HEAD");
    throw new AppError("METHOD_NOT_SUPPORTED", "Call procedures by GET or POST.");
  }
  // Multipart and octet-stream bodies need no preflight and would reach procedures without input (measured).
  if (request.method === "POST" && !request.is("application/json")) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON.");
  }
  if (procedures.length > 1 && procedures.some((procedure) => soloCalls.test(procedure))) {
    throw new AppError("BAD_REQUEST", "Sign-in calls cannot be part of a batch.");
  }
  next();
};

/** The adapter looks only at what follows the last slash, so a longer path would show us other procedures than it runs. */
function readProcedures(path: string): string[] {
  const names = path.slice(1);
  if (names.includes("/")) throw new AppError("NOT_FOUND", "There is nothing at this address.");
  try {
    return decodeURIComponent(names).split(",");
  } catch (error) {
    throw new AppError("BAD_REQUEST", "This address is not readable.", { cause: error });
  }
}
