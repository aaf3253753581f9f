import { createDecipheriv } from "node:crypto";
import type { Effects } from "./context";
import type { Secret } from "./ports/secret-box";

const nonceBytes = 12;
const tagBytes = 16;
const firstVersion = "v1.";

/** Opens a secret of the database, also one from before there were master keys. Throws when key, place or text are not the same any more. */
export async function unseal(ctx: Pick<Effects, "keyring" | "secrets">, sealed: Secret): Promise<string> {
  return sealed.text.startsWith(firstVersion) ? unsealFirst(ctx, sealed) : ctx.secrets.unseal(sealed);
}

/** AES-256-GCM under a key of the installation's one secret; `keys:rotate` brings these under a master key. */
function unsealFirst(ctx: Pick<Effects, "keyring">, { place, text }: Secret): string {
  const bytes = Buffer.from(text.slice(firstVersion.length), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", ctx.keyring.sealing, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
  return Buffer.concat([body, decipher.final()]).toString("utf8");
}
