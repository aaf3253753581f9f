import type { MailRenderer, RenderedMail } from "@intake/core/ports/mail-renderer";
import { createElement } from "react";
import { render } from "react-email";
import { AccountMail, accountMailText } from "./templates/account-mail";
import {
  type AccountMailWords,
  invitationWords,
  passwordResetWords,
  securityNoticeWords,
} from "./templates/account-words";
import { leadAssignedWords, noteMentionWords } from "./templates/colleague-words";
import { DigestMail, digestMailText } from "./templates/digest-mail";
import { type DigestWords, dailyDigestWords, leadDigestWords } from "./templates/digest-words";
import { leadEscalationWords, leadReminderWords } from "./templates/follow-up-words";
import { LeadNotice, leadNoticeSubject, leadNoticeText } from "./templates/lead-notice";
import { LeadReceipt, leadReceiptSubject, leadReceiptText } from "./templates/lead-receipt";

/** Renders the mails of PRD 2.2 and those about accounts with React Email, each with a plain-text part written for reading, not converted from HTML. */
export function createMailRenderer(): MailRenderer {
  return {
    leadReceipt: async (facts) => ({
      subject: leadReceiptSubject(facts),
      html: await render(createElement(LeadReceipt, { facts })),
      text: leadReceiptText(facts),
    }),
    leadNotice: async (facts) => ({
      subject: leadNoticeSubject(facts),
      html: await render(createElement(LeadNotice, { facts })),
      text: leadNoticeText(facts),
    }),
    invitation: (facts) => renderAccountMail(invitationWords(facts)),
    passwordReset: (facts) => renderAccountMail(passwordResetWords(facts)),
    securityNotice: (facts) => renderAccountMail(securityNoticeWords(facts)),
    leadAssigned: (facts) => renderAccountMail(leadAssignedWords(facts)),
    noteMention: (facts) => renderAccountMail(noteMentionWords(facts)),
    leadReminder: (facts) => renderAccountMail(leadReminderWords(facts)),
    leadEscalation: (facts) => renderAccountMail(leadEscalationWords(facts)),
    leadDigest: (facts) => renderDigest(leadDigestWords(facts)),
    dailyDigest: (facts) => renderDigest(dailyDigestWords(facts)),
  };
}

async function renderAccountMail(words: AccountMailWords): Promise<RenderedMail> {
  return {
    subject: words.subject,
    html: await render(createElement(AccountMail, { words })),
    text: accountMailText(words),
  };
}

async function renderDigest(words: DigestWords): Promise<RenderedMail> {
  return {
    subject: words.subject,
    html: await render(createElement(DigestMail, { words })),
    text: digestMailText(words),
  };
}
