/** Pure rules about mails. Browser-safe. */

/** The reason kept with a mail that did not leave because what it would have told was no longer true. */
export const noLongerNeeded = "no longer needed";

/** What the outbox says of a mail. */
export interface MailOutcome {
  state: "QUEUED" | "SENDING" | "SENT" | "SUPPRESSED" | "FAILED";
  lastError: string | null;
  /** Somebody has sent it again already. */
  isResent: boolean;
}

/**
 * Whether somebody may send it again: `freely` when the provider failed or refused it, `knowing` when the address itself takes no mail
 * and the person has to know; null when it arrived, is on its way, was not needed, or has been sent again.
 */
export function maySendAgain({ state, lastError, isResent }: MailOutcome): "freely" | "knowing" | null {
  if (isResent) return null;
  if (state === "FAILED") return "freely";
  return state === "SUPPRESSED" && lastError !== noLongerNeeded ? "knowing" : null;
}
