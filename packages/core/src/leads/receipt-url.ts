import type { Effects } from "../context";
import { equalSecrets, macOf } from "../keyring";

const macCharacters = 22; // 132 bits
const idBytes = 16;

/** The capability in a thank-you address: the lead's id and a MAC over it. No personal data, nothing stored. */
function receiptToken(ctx: Pick<Effects, "keyring">, leadId: string): string {
  const id = Buffer.from(leadId.replaceAll("-", ""), "hex").toString("base64url");
  return id + macOf(ctx.keyring.receiptLink, id).slice(0, macCharacters);
}

/** The lead's id when the token is one of ours, else null. */
export function readReceiptToken(ctx: Pick<Effects, "keyring">, token: string): string | null {
  const id = token.slice(0, -macCharacters);
  const bytes = Buffer.from(id, "base64url");
  if (bytes.length !== idBytes) return null;
  if (!equalSecrets(token.slice(-macCharacters), macOf(ctx.keyring.receiptLink, id).slice(0, macCharacters)))
    return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The thank-you page of a lead, absolute. */
export function receiptUrl(ctx: Pick<Effects, "keyring" | "settings">, leadId: string): string {
  return `${ctx.settings.publicUrl}/received/${receiptToken(ctx, leadId)}`;
}
