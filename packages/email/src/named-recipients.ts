import type { Mailer } from "@intake/core/ports/mailer";

/** Lets only mails to these addresses and `@domains` through; all others are suppressed for good and say why. */
export function onlyTo(mailer: Mailer, recipients: string[]): Mailer {
  const named = new Set(recipients.map((recipient) => recipient.toLowerCase()));
  const isNamed = (address: string) => {
    const key = address.trim().toLowerCase();
    return named.has(key) || named.has(key.slice(key.lastIndexOf("@")));
  };
  return {
    send: async (mail) =>
      isNamed(mail.to)
        ? mailer.send(mail)
        : { outcome: "suppressed", reason: "Staging: this address is not among STAGING_RECIPIENTS." },
    findSent: (id) => mailer.findSent(id),
  };
}
