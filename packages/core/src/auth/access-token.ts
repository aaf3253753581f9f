import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Effects } from "../context";

/** Seconds an access token lives; the session row is read on every call anyway (security rule 16). */
export const accessTokenSeconds = 300;

const issuer = "intake";
const audience = "intake-api";
const keyId = "v1";
const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid(), jti: z.string().min(1) });

type TokenContext = Pick<Effects, "keyring" | "now">;

/** A signed access token (RFC 9068 profile) for one session. */
export function signAccessToken(ctx: TokenContext, input: { userId: string; sessionId: string }): Promise<string> {
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

/** Who a token speaks for, or null for anything that is not a living token of ours. */
export async function readAccessToken(
  ctx: TokenContext,
  token: string,
): Promise<{ userId: string; sessionId: string } | null> {
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
  return claims.success ? { userId: claims.data.sub, sessionId: claims.data.sid } : null;
}
