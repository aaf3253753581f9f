import { absoluteSessionHours } from "@intake/core/auth/session-store";
import { AppError } from "@intake/core/errors";
import type { RefreshCookie } from "@intake/trpc/context";
import type { Request, Response } from "express";

/** The refresh cookie of one request (design 3, "Who is calling"). */
export function createRefreshCookie(request: Request, response: Response, publicUrl: string): RefreshCookie {
  const isSecure = publicUrl.startsWith("https://");
  const name = cookieName(publicUrl);
  const attributes = { httpOnly: true, secure: isSecure, sameSite: "strict", path: "/" } as const;
  return {
    read() {
      const value = readCookie(request.headers.cookie, name);
      if (value === null) return null;
      const isOurs =
        request.headers.origin === new URL(publicUrl).origin &&
        request.headers["x-requested-with"] === "intake";
      if (!isOurs) throw new AppError("FORBIDDEN", "This call must come from Intake's own pages.");
      return value;
    },
    write(refreshToken) {
      response.cookie(name, refreshToken, { ...attributes, maxAge: absoluteSessionHours * 60 * 60 * 1000 });
    },
    clear() {
      response.clearCookie(name, attributes);
    },
  };
}

/**
 * The refresh token of a browser that goes somewhere by itself: no script could send the headers that `RefreshCookie.read` asks for.
 * Only for what changes nothing, and where the address itself is a secret.
 */
export function readRefreshCookie(request: Request, publicUrl: string): string | null {
  return readCookie(request.headers.cookie, cookieName(publicUrl));
}

function cookieName(publicUrl: string): string {
  return publicUrl.startsWith("https://") ? "__Host-intake_refresh" : "intake_refresh";
}

/** The value of a cookie in a Cookie header, or null. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const separator = pair.indexOf("=");
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return null;
}
