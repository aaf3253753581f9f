import type { OutgoingMail } from "@intake/core/ports/mailer";

// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character in a header is what this looks for
const controlCharacter = /[\u0000-\u001f\u007f\u2028\u2029]/u;

/**
 * Why a mail must not leave as it is, or null. The last wall against added recipients and headers: `to` and `replyTo` are one bare
 * address each, and no header holds a control character.
 */
export function describeEnvelopeProblem(mail: OutgoingMail): string | null {
  if (!isSingleAddress(mail.to)) return "The recipient is not one plain address.";
  if (mail.replyTo !== undefined && !isSingleAddress(mail.replyTo))
    return "The reply address is not one plain address.";
  if (controlCharacter.test(mail.from)) return "The sender holds a control character.";
  if (controlCharacter.test(mail.subject)) return "The subject holds a control character.";
  return null;
}

function isSingleAddress(address: string): boolean {
  return /^[^\s,;:<>()"@]+@[^\s,;:<>()"@]+$/u.test(address) && !controlCharacter.test(address);
}

/** Throws for an id that is not the outbox's: it becomes a file name, a header and a search term. */
export function assertMailId(id: string): void {
  if (!/^[0-9A-Za-z-]{1,64}$/.test(id)) throw new TypeError("A mail's id must be its outbox id.");
}
