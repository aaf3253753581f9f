import type { RequestHandler } from "express";
import helmet from "helmet";

interface HeaderOptions {
  /** HSTS and upgrades only make sense where people come by https. */
  isSecure: boolean;
  /** Vite's reload in development needs inline scripts and a socket. */
  hasDevServer: boolean;
}

/** Strict headers on every answer: no inline script, no framing, nothing from elsewhere (detail 4.81). */
export function securityHeaders({ isSecure, hasDevServer }: HeaderOptions): RequestHandler {
  const inline = hasDevServer ? ["'unsafe-inline'"] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'", ...inline],
        "style-src": ["'self'", ...inline],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", ...(hasDevServer ? ["ws:"] : [])],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        ...(isSecure ? { "upgrade-insecure-requests": [] } : {}),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
}
