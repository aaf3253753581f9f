import type { KeyObject } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Effects } from "../context";

/** Seconds an access token lives; the session row is read on every call anyway (security rule 16). */
export const accessTokenSeconds = 300;

const issuer = "intake";
const audience = "intake-api";
const keyId = "v1";
const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
});

type TokenContext = Pick<Effects, "keyring" | "now">;

/** A signed access token (RFC 9068 profile) for one session. */
export function signAccessToken(
  ctx: TokenContext,
  input: { userId: string; sessionId: string },
): Promise<string> {
  const issuedAt = Math.floor(ctx.now().getTime() / 1000);
  return new SignJWT({ sid: input.sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: keyId })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(input.userId)
    .setJti(crypto.randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds)
    .sign(ctx.keyring.accessToken);
}

interface VerifiedToken {
  userId: string;
  sessionId: string;
  /** Seconds since 1970 between which it counts. */
  issuedAt: number;
  expiresAt: number;
}

/** Tokens whose signature was checked, by key: checking it costs as much as the rest of a small request, and a token comes back often. */
const verifiedTokens = new WeakMap<KeyObject, Map<string, VerifiedToken>>();
const maxRemembered = 2_000;

/** Who a token speaks for, or null for anything that is not a living token of ours. */
export async function readAccessToken(
  ctx: TokenContext,
  token: string,
): Promise<{ userId: string; sessionId: string } | null> {
  const remembered = verifiedTokens.get(ctx.keyring.accessToken) ?? new Map<string, VerifiedToken>();
  verifiedTokens.set(ctx.keyring.accessToken, remembered);
  const verified = remembered.get(token) ?? (await verifyAccessToken(ctx, token));
  const now = Math.floor(ctx.now().getTime() / 1000);
  if (!verified || now < verified.issuedAt || now >= verified.expiresAt) return null;
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(token, verified);
  return { userId: verified.userId, sessionId: verified.sessionId };
}

async function verifyAccessToken(ctx: TokenContext, token: string): Promise<VerifiedToken | null> {
  const verified = await jwtVerify(token, ctx.keyring.accessToken, {
    algorithms: ["HS256"],
    typ: "at+jwt",
    issuer,
    audience,
    maxTokenAge: accessTokenSeconds,
    requiredClaims: ["exp", "iat", "sub", "sid", "jti"],
    currentDate: ctx.now(),
  }).catch(() => null);
  if (!verified || verified.protectedHeader.kid !== keyId) return null;
  const claims = claimsSchema.safeParse(verified.payload);
  if (!claims.success) return null;
  const { sub, sid, iat, exp } = claims.data;
  return { userId: sub, sessionId: sid, issuedAt: iat, expiresAt: Math.min(exp, iat + accessTokenSeconds) };
}
