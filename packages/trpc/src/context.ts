import type { Effects } from "@intake/core/context";

/** The refresh cookie of this request, in the host's hands. */
export interface RefreshCookie {
  /**
   * The cookie's value, or null. Throws FORBIDDEN unless the request comes from our own pages (exact Origin and
   * `X-Requested-With: intake`): whoever relies on the cookie must prove it (security rule 22).
   */
  read(): string | null;
  write(refreshToken: string): void;
  clear(): void;
}

/** What the host knows about a request. */
export interface RequestContext {
  effects: Effects;
  requestId: string;
  /** The client's address, as far as configured proxies are trusted. */
  source: string;
  /** The header, for the name of the device only. */
  userAgent: string | null;
  /** For how many seconds nobody has touched the caller's screen, as it says itself; 0 when it does not say. */
  idleSeconds: number;
  /** Byte of the database's log up to which the caller was told of changes (`live.changes`), as it says itself; 0 when it does not say. */
  heardUpTo: number;
  /** From `Authorization: Bearer`, an access token or an API key, not yet verified. */
  accessToken: string | null;
  refreshCookie: RefreshCookie;
  /** Told who the caller turned out to be, for the request's log line. */
  onActor(userId: string): void;
}
