import type { Mailer, OutgoingMail, SendResult } from "@intake/core/ports/mailer";
import { assertMailId, describeEnvelopeProblem } from "./envelope";

/** A mailer for tests: keeps what it accepted, and answers as told. */
export interface MemoryMailer extends Mailer {
  /** Every accepted mail in order; the same id twice is a duplicate the sender must answer for. */
  readonly sent: readonly OutgoingMail[];
  /** How often `send` was called, whatever came of it. */
  readonly attempts: number;
  /**
   * Queues the answer to one coming `send`. With `accepted` the mail is taken although the answer says otherwise: what a time-out
   * after delivery looks like.
   */
  answerNext(result: SendResult, options?: { accepted?: boolean }): void;
}

export function createMemoryMailer(): MemoryMailer {
  const sent: OutgoingMail[] = [];
  const answers: { result: SendResult; accepted: boolean }[] = [];
  let attempts = 0;
  return {
    sent,
    get attempts() {
      return attempts;
    },
    answerNext(result, { accepted = result.outcome === "sent" } = {}) {
      answers.push({ result, accepted });
    },
    async send(mail) {
      assertMailId(mail.id);
      attempts += 1;
      const problem = describeEnvelopeProblem(mail);
      if (problem) return { outcome: "rejected", reason: problem };
      const answer = answers.shift();
      if (!answer || answer.accepted) sent.push({ ...mail });
      return answer?.result ?? { outcome: "sent", providerMessageId: `memory-${mail.id}` };
    },
    async findSent(id) {
      return sent.some((mail) => mail.id === id) ? `memory-${id}` : null;
    },
  };
}
