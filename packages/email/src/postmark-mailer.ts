import { domainToASCII } from "node:url";
import type { Mailer, OutgoingMail, SendResult } from "@intake/core/ports/mailer";
import { Errors, type Message, ServerClient } from "postmark";
import { assertMailId, describeEnvelopeProblem } from "./envelope";

interface PostmarkMailerOptions {
  serverToken: string;
  messageStream: string;
  /** Host and port that answer for Postmark, for tests and gateways. */
  requestHost?: string;
  useHttps?: boolean;
  /** Longest wait for an answer, in seconds. */
  timeoutSeconds: number;
}

const idKey = "outbox-id";
const inactiveRecipient = 406;
// Maintenance and the rate limit: about the moment, not about the mail.
const passingErrors: ReadonlySet<number> = new Set([100, 429]);
// Faults of our account, sender address or message stream: they hit every mail alike, so none may be given up for them.
const senderErrors: ReadonlySet<number> = new Set([10, 400, 401, 405, 412, 413, 1235, 1236]);

/**
 * Mail through Postmark's official client. Postmark has no idempotency key: the outbox id travels as metadata, which `findSent`
 * searches for, and as Message-ID, so that a duplicate is recognised as one by the recipient's mail program.
 * Throws at once for an empty token or an impossible time-out.
 */
export function createPostmarkMailer(options: PostmarkMailerOptions): Mailer {
  // The client answers a bad time-out with a network error on every send; that must show at start.
  if (!(options.timeoutSeconds > 0) || !Number.isInteger(options.timeoutSeconds * 1000)) {
    throw new RangeError("timeoutSeconds must be a positive number of whole milliseconds.");
  }
  createClient(options, fetchWithoutRedirects);

  return {
    async send(mail) {
      assertMailId(mail.id);
      const problem = describeEnvelopeProblem(mail);
      if (problem) return { outcome: "rejected", reason: problem };
      const message = toMessage(options, mail);
      let retryAfter: string | null = null;
      // One client per call: the library hides response headers, its fetch hook does not.
      const client = createClient(options, async (input, init) => {
        const response = await fetchWithoutRedirects(input, init);
        retryAfter = response.headers.get("retry-after");
        return response;
      });
      try {
        const answer = await client.sendEmail(message);
        if (answer.ErrorCode === 0 && answer.MessageID)
          return { outcome: "sent", providerMessageId: answer.MessageID };
        return { outcome: "retry", reason: "The mail provider answered without a message id." };
      } catch (error) {
        return toResult(error, readRetryAfter(retryAfter));
      }
    },

    async findSent(id) {
      assertMailId(id);
      try {
        const found = await createClient(options, fetchWithoutRedirects).getOutboundMessages({
          count: 5,
          offset: 0,
          messageStream: options.messageStream,
          [`metadata_${idKey}`]: id,
        });
        // The answer is believed only where it repeats the id: a filter that was ignored must not mark a mail as sent.
        return found.Messages.find((message) => message.Metadata?.[idKey] === id)?.MessageID ?? null;
      } catch {
        return null;
      }
    },
  };
}

/** A redirect would carry the mail and the token to a place nobody chose (ASVS 15.3.2). */
const fetchWithoutRedirects: typeof fetch = (input, init) => fetch(input, { ...init, redirect: "error" });

function createClient(options: PostmarkMailerOptions, fetchThrough: typeof fetch): ServerClient {
  return new ServerClient(options.serverToken, {
    ...(options.requestHost === undefined ? {} : { requestHost: options.requestHost }),
    useHttps: options.useHttps ?? true,
    timeout: options.timeoutSeconds,
    fetch: fetchThrough,
  });
}

function toMessage({ messageStream }: PostmarkMailerOptions, mail: OutgoingMail): Message {
  return {
    MessageStream: messageStream,
    From: mail.from,
    To: toAsciiDomain(mail.to),
    ...(mail.replyTo === undefined ? {} : { ReplyTo: toAsciiDomain(mail.replyTo) }),
    Subject: mail.subject,
    HtmlBody: mail.html,
    TextBody: mail.text,
    Tag: mail.tag,
    TrackOpens: false,
    Metadata: { [idKey]: mail.id },
    Headers: [
      { Name: "Message-ID", Value: `<${mail.id}@${senderDomain(mail.from)}>` },
      // Without it Postmark puts its own Message-ID in place of ours.
      { Name: "X-PM-KeepID", Value: "true" },
    ],
  };
}

function toAsciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1));
  return domain === "" ? address : `${address.slice(0, at)}@${domain}`;
}

function senderDomain(from: string): string {
  const domain = /@([^\s<>@"]+)>?\s*$/u.exec(from)?.[1];
  if (!domain) throw new TypeError("The sender must hold an address.");
  return domainToASCII(domain) || domain;
}

function toResult(error: unknown, retryAfterSeconds: number | undefined): SendResult {
  // A time-out while the answer's body arrives is thrown as it is, not as the library's error: the outcome is unknown.
  if (!(error instanceof Errors.PostmarkError))
    return { outcome: "retry", reason: "The mail provider's answer broke off." };
  const { code, statusCode } = error;
  if (statusCode === 0) return { outcome: "retry", reason: "The mail provider did not answer." };
  if (code === inactiveRecipient) {
    return {
      outcome: "suppressed",
      reason:
        "The mail provider holds this address as inactive after a bounce or a complaint. Check the address, or reactivate it there.",
    };
  }
  if (statusCode === 401 || senderErrors.has(code))
    return { outcome: "paused", reason: describe("refuses us as sender", error) };
  const isPassing = passingErrors.has(code) || statusCode === 408 || statusCode === 429 || statusCode >= 500;
  // A 4xx without a code of Postmark's comes from something in between, such as a proxy: no word about this mail.
  if (!isPassing && statusCode >= 400 && code > 0)
    return { outcome: "rejected", reason: describe("refused this mail", error) };
  return {
    outcome: "retry",
    reason: describe("cannot take it now", error),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** Codes and the provider's words, without addresses: reasons are logged and shown. */
function describe(what: string, { code, statusCode, message }: Errors.PostmarkError): string {
  const words = String(message)
    .replace(/[^\s'"<>,;]+@[^\s'"<>,;]+/gu, "(address)")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, 200);
  return `The mail provider ${what} (HTTP ${statusCode}, code ${code}): ${words}`;
}

/** `Retry-After` in seconds, from either of its forms (RFC 9110, 10.2.3); undefined when absent, unreadable or past. */
function readRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value.trim())
    ? Number(value)
    : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
