import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Effects } from "./context";

const nonceBytes = 12;
const tagBytes = 16;
const version = "v1.";

interface Sealed {
  /** What the text belongs to (a table's column and the row's id): sealed for one row it opens for no other. */
  place: string;
  text: string;
}

/** A small secret as the database may hold it: AES-256-GCM under the installation's key. */
export function seal(ctx: Pick<Effects, "keyring">, { place, text }: Sealed): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", ctx.keyring.sealing, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return version + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

/** Opens what `seal` closed. Throws when key, place or text are not the same any more. */
export function unseal(ctx: Pick<Effects, "keyring">, { place, text }: Sealed): string {
  if (!text.startsWith(version)) throw new Error("This text is not sealed");
  const bytes = Buffer.from(text.slice(version.length), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", ctx.keyring.sealing, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
  return Buffer.concat([body, decipher.final()]).toString("utf8");
}
