import { hash } from "node:crypto";
import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { type ListedProcedure, listProcedures } from "@intake/trpc/list-procedures";
import { appErrorOf } from "@intake/trpc/procedures";
import { appRouter } from "@intake/trpc/router";
import { callTRPCProcedure, TRPCError } from "@trpc/server";
import express, { type Request, type Response, Router } from "express";
import { createRequestContext } from "./request-context";
import { stateOf } from "./request-state";

const maxBodyBytes = 100 * 1024;

/**
 * The REST door, made from the same procedures: every one with an `openapi` description gets its route. trpc-to-openapi writes the
 * document; its handler is not used because its errors have a shape of their own (docs/decisions/0007-rest-from-the-router.md).
 */
export function restRoutes(effects: Effects): Router {
  const routes = Router();
  for (const { path, type, openapi } of listProcedures()) {
    if (!openapi) continue;
    const pattern = openapi.path.replace(/\{(\w+)\}/g, ":$1");
    const method = openapi.method === "GET" ? "get" : openapi.method === "PATCH" ? "patch" : "post";
    routes[method](
      pattern,
      express.json({ limit: maxBodyBytes, strict: true }),
      async (request, response) => {
        stateOf(response).route = openapi.path;
        const output = await callProcedure(effects, { path, type }, { request, response });
        sendOutput(request, response, output);
      },
    );
  }
  return routes;
}

async function callProcedure(
  effects: Effects,
  procedure: Pick<ListedProcedure, "path" | "type">,
  { request, response }: { request: Request; response: Response },
): Promise<unknown> {
  const input = readInput(request);
  try {
    return await callTRPCProcedure({
      router: appRouter,
      ...procedure,
      ctx: createRequestContext(effects, request, response),
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
  } catch (error) {
    throw error instanceof TRPCError ? appErrorOf(error) : error;
  }
}

function readInput(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  if (request.method === "GET" || request.method === "HEAD") return { ...request.query, ...request.params };
  if (body === undefined) {
    const hasBody =
      Number(request.headers["content-length"] ?? 0) > 0 ||
      request.headers["transfer-encoding"] !== undefined;
    if (hasBody)
      throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON, with Content-Type: application/json.");
  } else if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("BAD_REQUEST", "The body must be a JSON object.");
  }
  refuseDoubled(body, request.params);
  return { ...body, ...request.params, ...readIfMatch(request) };
}

/** What the address says cannot be said again, or differently, in the body. */
function refuseDoubled(body: object | undefined, params: Record<string, unknown>): void {
  const doubled = Object.keys(params).filter((name) => body !== undefined && Object.hasOwn(body, name));
  if (doubled.length === 0) return;
  const errors = doubled.map((path) => ({ path, message: "This is in the address already." }));
  throw new AppError("UNPROCESSABLE_CONTENT", "The address names the lead; leave it out of the body.", {
    errors,
  });
}

/** `If-Match: "3-…"` or `"3"` is the version the caller saw (RFC 9110, 13.1.1); `*` asks for nothing. */
function readIfMatch(request: Request): { version?: number } {
  const header = request.headers["if-match"];
  if (header === undefined || header === "*") return {};
  const version = /^(?:W\/)?"(\d{1,9})(?:-[\w-]+)?"$/.exec(header)?.[1];
  if (version === undefined) throw new AppError("BAD_REQUEST", "If-Match must be the ETag of the lead.");
  return { version: Number(version) };
}

function sendOutput(request: Request, response: Response, output: unknown): void {
  response.setHeader("Cache-Control", "no-store");
  if (output === null) {
    response.status(204).end();
    return;
  }
  const body = JSON.stringify(output);
  const etag = etagOf(output, body);
  response.setHeader("ETag", etag);
  // Not left to Express, which sends everything again to clients whose fetch adds "no-cache" by itself, as that of Node does.
  if (request.method === "GET" && request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag)) {
    response.status(304).end();
    return;
  }
  const bytes = Buffer.from(body);
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", bytes.length);
  response.end(bytes);
}

/**
 * Of a lead it begins with the version that `If-Match` holds; the rest changes with what no change of the lead itself brings, such as a
 * check of its file.
 */
function etagOf(output: unknown, body: string): string {
  const content = hash("sha1", body, "base64url");
  const hasVersion = typeof output === "object" && output !== null && "version" in output;
  return hasVersion ? `"${output.version}-${content}"` : `"${content}"`;
}
