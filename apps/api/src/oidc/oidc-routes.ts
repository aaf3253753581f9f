import { coarseSource } from "@intake/core/auth/coarse-source";
import { finishSignInByProvider, startSignInByProvider } from "@intake/core/auth/sign-in-by-provider";
import type { Context, Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import type { IdentityProvider } from "@intake/core/ports/identity-provider";
import { type Request, type Response, Router } from "express";
import { createRefreshCookie, readCookie } from "../http/refresh-cookie";
import { stateOf } from "../http/request-state";

const basePath = "/api/auth/sso";
export const callbackPath = `${basePath}/callback`;
const cookieSeconds = 5 * 60;

/** The two stops of single sign-on: off to the provider, and back. The browser that comes back must be the one that went. */
export function oidcRoutes(effects: Effects): Router {
  const routes = Router();
  const { publicUrl } = effects.settings;
  const isSecure = publicUrl.startsWith("https://");
  const cookieName = isSecure ? "__Host-intake_sso" : "intake_sso";
  // Lax: the provider's redirect is a navigation from another site.
  const attributes = { httpOnly: true, secure: isSecure, sameSite: "lax", path: "/" } as const;

  routes.get(`${basePath}/start`, async (request, response) => {
    stateOf(response).route = `${basePath}/start`;
    const ctx = contextOf(effects, request, response);
    const source = request.ip ?? "unknown";
    const provider = providerOf(effects);
    const { token, address } = await startSignInByProvider(ctx, { provider, source });
    const next = typeof request.query.next === "string" ? request.query.next.slice(0, 2000) : "";
    const value = `${token}.${Buffer.from(next).toString("base64url")}`;
    response.cookie(cookieName, value, { ...attributes, maxAge: cookieSeconds * 1000 });
    response.set("Cache-Control", "no-store").redirect(303, address.href);
  });

  routes.get(callbackPath, async (request, response) => {
    stateOf(response).route = callbackPath;
    const provider = providerOf(effects);
    const [token = "", next = ""] = readCookie(request.headers.cookie, cookieName)?.split(".") ?? [];
    response.clearCookie(cookieName, attributes).set("Cache-Control", "no-store");
    const query = new URLSearchParams();
    try {
      const address = new URL(request.originalUrl, publicUrl);
      const ctx = contextOf(effects, request, response);
      const tokens = await finishSignInByProvider(ctx, { provider, token, address });
      createRefreshCookie(request, response, publicUrl).write(tokens.refreshToken);
    } catch (error) {
      // A person looks at this answer: the sign-in page says it in words.
      if (!(error instanceof AppError) || error.code !== "UNAUTHORIZED") throw error;
      query.set("sso", "refused");
    }
    // The sign-in page goes on to `next` only within the dashboard.
    if (next) query.set("next", Buffer.from(next, "base64url").toString());
    response.redirect(303, `${publicUrl}/app/login${query.size > 0 ? `?${query}` : ""}`);
  });
  return routes;
}

function providerOf({ identityProvider }: Effects): IdentityProvider {
  if (!identityProvider) throw new AppError("NOT_FOUND", "This office has no single sign-on.");
  return identityProvider;
}

function contextOf(effects: Effects, request: Request, response: Response): Context {
  return {
    ...effects,
    actor: { type: "prospect" },
    requestId: stateOf(response).requestId,
    source: coarseSource(request.ip ?? "unknown"),
    userAgent: request.headers["user-agent"] ?? null,
  };
}
