/** The facts a mail may show. Strings are the prospect's own and untrusted: templates must escape them. */
export interface LeadMailFacts {
  officeName: string;
  leadId: string;
  reference: string;
  firstName: string;
  lastName: string;
  email: string;
  receivedAt: Date;
  /** IANA zone in which times are written and named. */
  timeZone: string;
  resume: { fileName: string; format: "PDF" | "DOC" | "DOCX"; sizeBytes: number; sha256: string };
}

export interface LeadReceiptFacts extends LeadMailFacts {
  /** Exact address that will write to the prospect. */
  replyAddress: string;
  /** The thank-you page, absolute. */
  receiptUrl: string;
}

export interface LeadNoticeFacts extends LeadMailFacts {
  /** The lead in the dashboard, absolute. */
  leadUrl: string;
  /** How many earlier leads came from the same address. */
  earlierLeads: number;
}

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** Turns facts into words. Pure: the same facts give the same mail. */
export interface MailRenderer {
  leadReceipt(facts: LeadReceiptFacts): Promise<RenderedMail>;
  leadNotice(facts: LeadNoticeFacts): Promise<RenderedMail>;
}
