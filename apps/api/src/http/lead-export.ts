import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { exportLeads } from "@intake/core/exports/export-leads";
import { exportLeadsSchema } from "@intake/core/exports/schema";
import express, { type RequestHandler, Router } from "express";
import { stateOf } from "./request-state";
import type { Exchange } from "./staff-context";
import { steppedUpPerson } from "./stepped-up-person";

/** Room for ten thousand ids. */
const maxBodyBytes = 512 * 1024;

/**
 * `POST /api/leads/export`: the chosen leads as a file, streamed, for a person who has just proved who they are. It comes in chunks without
 * a length, so that one which breaks off ends in an error at whoever receives it.
 */
export function leadExportRoute(effects: Effects): Router {
  const routes = Router();
  const readBody = express.json({ limit: maxBodyBytes, strict: true });
  routes.post("/api/leads/export", async (request, response) => {
    stateOf(response).route = "/api/leads/export";
    // Strangers send no large body.
    const ctx = await steppedUpPerson(effects, { request, response }, "leads.export");
    if (!request.is("application/json")) throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON.");
    await completed(readBody, { request, response });
    const input = exportLeadsSchema.parse(request.body);
    await exportLeads(ctx, input, async ({ fileName, mediaType, rows, content }) => {
      response.set({
        "Content-Type": mediaType,
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "X-Row-Count": String(rows),
      });
      await pipeline(Readable.from(content), response);
    });
  });
  return routes;
}

/** A middleware as a promise, for those that run only after a check of our own. */
function completed(middleware: RequestHandler, { request, response }: Exchange): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
