import type { Effects } from "../context";
import { macOf } from "../keyring";

/** For how long the parent of the newest token still counts, in seconds (two tabs at once, detail 4.58). */
export const graceSeconds = 10;

/** `sid.counter.secret`, opaque to callers (security rule 17). */
export interface RefreshToken {
  sessionId: string;
  counter: number;
  secret: string;
}

export function formatRefreshToken(token: RefreshToken): string {
  return `${token.sessionId}.${token.counter}.${token.secret}`;
}

/** The parts of a token, or null when it does not have our shape. */
export function parseRefreshToken(text: string): RefreshToken | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/.exec(text);
  if (!match) return null;
  const [, sessionId = "", counter = "", secret = ""] = match;
  return { sessionId, counter: Number(counter), secret };
}

/**
 * The secret of a session's n-th refresh token. Derived, not drawn: two tabs that present the same parent get the same child, and a
 * spent token can be told from an invented one, although the database holds only hashes and a seed that is worthless without our key.
 */
export function refreshSecret(
  ctx: Pick<Effects, "keyring">,
  session: { sessionId: string; counter: number; seed: string },
): string {
  return macOf(ctx.keyring.refreshToken, `${session.sessionId}.${session.counter}.${session.seed}`);
}
