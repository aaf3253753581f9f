import {
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Keys for separate purposes, derived from the one secret of the installation (RFC 5869). */
export interface Keyring {
  accessToken: KeyObject;
  refreshToken: KeyObject;
  receiptLink: KeyObject;
  /** Links to the original of a resume. */
  resumeLink: KeyObject;
  /** Single-use links in mails. */
  oneTimeLink: KeyObject;
  /** Small secrets in the database. */
  sealing: KeyObject;
  /** The audit's hash chain. */
  auditSeal: KeyObject;
  /** Seed of the key that signs exports of the audit. */
  auditExport: KeyObject;
}

/** `secret` is at least 32 random bytes; the same secret always gives the same keys. */
export function createKeyring(secret: Uint8Array): Keyring {
  if (secret.length < 32) throw new Error("The secret must have at least 32 bytes");
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync("sha256", secret, "intake", purpose, 32)));
  return {
    accessToken: derive("access token v1"),
    refreshToken: derive("refresh token v1"),
    receiptLink: derive("receipt link v1"),
    resumeLink: derive("resume link v1"),
    oneTimeLink: derive("one-time link v1"),
    sealing: derive("sealing v1"),
    auditSeal: derive("audit seal v1"),
    auditExport: derive("audit export v1"),
  };
}

/** 256 random bits, URL-safe. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex: how secrets are stored. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** HMAC-SHA-256, URL-safe. */
export function macOf(key: KeyObject, message: string): string {
  return createHmac("sha256", key).update(message).digest("base64url");
}

/** Compares two strings in time that does not depend on where they differ. */
export function equalSecrets(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left);
  const rightBytes = Buffer.from(right);
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
