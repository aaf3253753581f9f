import { AppError } from "@intake/core/errors";
import { listProcedures } from "@intake/trpc/list-procedures";
import { Router } from "express";

/** What no route below `/api` has answered: 405 for a known address called with another method, else 404 (RFC 9110, 15.5.6). */
export function unansweredApiCalls(): Router {
  const routes = Router();
  for (const [path, methods] of knownMethods()) {
    routes.all(path.replace(/\{(\w+)\}/g, ":$1"), (_request, response) => {
      response.setHeader("Allow", [...methods].sort().join(", "));
      throw new AppError("METHOD_NOT_SUPPORTED", "This address cannot be called with this method.");
    });
  }
  routes.use("/api", () => {
    throw new AppError("NOT_FOUND", "There is nothing at this address.");
  });
  return routes;
}

function knownMethods(): Map<string, Set<string>> {
  const known = new Map([
    ["/api/leads", new Set(["POST"])],
    ["/api/leads/{leadId}/resume", new Set(["GET", "HEAD"])],
    ["/api/leads/{leadId}/resumes", new Set(["POST"])],
    ["/api/resumes/link/{token}", new Set(["GET", "HEAD"])],
    ["/api/audit/export", new Set(["GET", "HEAD"])],
    ["/api/browser-errors", new Set(["POST"])],
  ]);
  for (const { openapi } of listProcedures()) {
    if (!openapi) continue;
    const methods = known.get(openapi.path) ?? new Set();
    known.set(openapi.path, methods.add(openapi.method));
    if (openapi.method === "GET") methods.add("HEAD");
  }
  return known;
}
