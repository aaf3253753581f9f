import type { Effects } from "../context";
import { macOf } from "../keyring";

/**
 * The token of a single-use link, derived from its row's id: the mail can be written when it is sent, again if it must, although the
 * database holds only the token's hash (security rule 21). 256 bits that only the installation's key gives.
 */
export function oneTimeToken(ctx: Pick<Effects, "keyring">, tokenId: string): string {
  return macOf(ctx.keyring.oneTimeLink, tokenId);
}
