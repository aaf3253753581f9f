import type { Log } from "@intake/core/ports/log";
import type { Metrics } from "./metrics";

/** Events of the log worth a number (the names are OWASP's logging vocabulary). */
const countedEvents = [
  ...["authn_login_fail", "authn_passkey_copied", "authn_step_up_fail", "authn_token_reuse", "authz_fail"],
  ...["file_integrity_fail", "upload_validation", "audit_chain_broken", "audit_sealed_late"],
];

/** The same log; lines that name an event of security are also counted, whatever level is written. */
export function countEvents(log: Log, { securityEvents }: Pick<Metrics, "securityEvents">): Log {
  // A rate can only be told from a series that was there before its first event.
  for (const event of countedEvents) securityEvents.inc({ event }, 0);
  const counted = (write: Log["info"]): Log["info"] => {
    return (fields, message) => {
      const { event } = fields;
      if (typeof event === "string" && countedEvents.includes(event)) securityEvents.inc({ event });
      write(fields, message);
    };
  };
  return {
    debug: counted((fields, message) => log.debug(fields, message)),
    info: counted((fields, message) => log.info(fields, message)),
    warn: counted((fields, message) => log.warn(fields, message)),
    error: counted((fields, message) => log.error(fields, message)),
  };
}
