import type { MailRenderer } from "@intake/core/ports/mail-renderer";
import { createElement } from "react";
import { render } from "react-email";
import { LeadNotice, leadNoticeSubject, leadNoticeText } from "./templates/lead-notice";
import { LeadReceipt, leadReceiptSubject, leadReceiptText } from "./templates/lead-receipt";

/** Renders the mails of PRD 2.2 with React Email, each with a plain-text part written for reading, not converted from HTML. */
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
  };
}
