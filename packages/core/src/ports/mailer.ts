/** One mail to one recipient, ready to leave. */
export interface OutgoingMail {
  /** The outbox row's id (UUID). Travels as metadata and in Message-ID so that a duplicate can be recognised. */
  id: string;
  to: string;
  from: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  tag: string;
}

/**
 * What became of it. `suppressed` and `rejected` are final (Postmark 406, 300);
 * `retry` may be tried again; `paused` means the sender itself is refused (401): nothing will leave until someone mends it.
 */
export type SendResult =
  | { outcome: "sent"; providerMessageId: string }
  | { outcome: "suppressed"; reason: string }
  | { outcome: "rejected"; reason: string }
  | { outcome: "retry"; reason: string; retryAfterSeconds?: number }
  | { outcome: "paused"; reason: string };

export interface Mailer {
  /** Never throws for an answer of the provider; throws only on a programming error. */
  send(mail: OutgoingMail): Promise<SendResult>;
  /**
   * Whether a mail with this outbox id was accepted before: asked after an unknown result, before sending again.
   * Returns the provider's message id, or null when the provider does not know it (or cannot say).
   */
  findSent(id: string): Promise<string | null>;
}
