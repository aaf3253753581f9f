import { z } from "zod";
import type { Context } from "../context";
import { equalSecrets, macOf } from "../keyring";

/** What a link says: which file, for which session, until when. */
export interface LinkClaims {
  leadId: string;
  resumeId: string;
  sessionId: string;
  expiresAt: Date;
  confirmsUnchecked: boolean;
}

const claimsSchema = z.tuple([z.uuid(), z.uuid(), z.uuid(), z.int(), z.boolean()]);

/** The claims as a URL-safe token that only this installation can have written (HMAC-SHA-256). */
export function writeLinkToken(ctx: Pick<Context, "keyring">, claims: LinkClaims): string {
  const { leadId, resumeId, sessionId, expiresAt, confirmsUnchecked } = claims;
  const words = JSON.stringify([leadId, resumeId, sessionId, expiresAt.getTime(), confirmsUnchecked]);
  const body = Buffer.from(words).toString("base64url");
  return `${body}.${macOf(ctx.keyring.resumeLink, body)}`;
}

/** The claims of a token, whether or not its time is over; null when it is not ours as it was written. */
export function readLinkToken(ctx: Pick<Context, "keyring">, token: string): LinkClaims | null {
  const [body = "", mac = ""] = token.split(".", 2);
  if (!equalSecrets(mac, macOf(ctx.keyring.resumeLink, body))) return null;
  const parsed = claimsSchema.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  const [leadId, resumeId, sessionId, expires, confirmsUnchecked] = parsed;
  return { leadId, resumeId, sessionId, expiresAt: new Date(expires), confirmsUnchecked };
}
