import type { Effects } from "@intake/core/context";
import type { RequestContext } from "@intake/trpc/context";
import type { Request, Response } from "express";
import { createRefreshCookie } from "./refresh-cookie";
import { stateOf } from "./request-state";

/** What the router may know about an Express request. */
export function createRequestContext(effects: Effects, request: Request, response: Response): RequestContext {
  return {
    effects,
    requestId: stateOf(response).requestId,
    source: request.ip ?? "unknown",
    userAgent: request.headers["user-agent"] ?? null,
    idleSeconds: readIdle(request.headers["x-intake-idle"]),
    heardUpTo: readHeard(request.headers["x-intake-heard"]),
    accessToken: readBearer(request.headers.authorization),
    refreshCookie: createRefreshCookie(request, response, effects.settings.publicUrl),
    onActor: (userId) => {
      stateOf(response).userId = userId;
    },
  };
}

function readBearer(header: string | undefined): string | null {
  return header === undefined ? null : (/^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header)?.[1] ?? null);
}

/** Seconds since somebody last touched the calling screen. It can only make a call count for less, so nonsense counts as none. */
function readIdle(header: string | string[] | undefined): number {
  return typeof header === "string" && /^\d{1,6}$/.test(header) ? Number(header) : 0;
}

/** A position in the database's log. It can only make a call read from the primary, so nonsense counts as none. */
function readHeard(header: string | string[] | undefined): number {
  return typeof header === "string" && /^\d{1,16}$/.test(header) ? Number(header) : 0;
}
