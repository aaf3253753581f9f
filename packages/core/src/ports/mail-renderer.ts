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
  assignee: MailAssignee | null;
}

/** Who is in charge of a lead. The name is untrusted. */
export interface MailAssignee {
  name: string;
  isReader: boolean;
}

export interface InvitationFacts {
  officeName: string;
  /** The person who invites, in their own words: untrusted. */
  inviterName: string;
  /** The role as people call it. */
  role: string;
  /** Where the invitation is accepted, absolute; holds the token. */
  acceptUrl: string;
  expiresAt: Date;
  timeZone: string;
}

export interface PasswordResetFacts {
  officeName: string;
  /** Where the new password is chosen, absolute; holds the token. */
  resetUrl: string;
  expiresAt: Date;
  timeZone: string;
}

/** What a person is told about the safety of their account. */
export type SecurityNotice =
  | "session.reused"
  | "password.changed"
  | "password.reset"
  | "second-factor.changed";

export interface SecurityNoticeFacts {
  officeName: string;
  notice: SecurityNotice;
  at: Date;
  timeZone: string;
  /** The person's own security page, absolute. */
  securityUrl: string;
}

/** What a colleague is told about one lead: who did it, about whom, and where. Names are untrusted. */
export interface ColleagueMailFacts {
  officeName: string;
  /** Who assigned or wrote; null for Intake itself. */
  colleagueName: string | null;
  firstName: string;
  lastName: string;
  reference: string;
  /** The lead in the dashboard, absolute. */
  leadUrl: string;
}

/** What is told of a lead that waits for its answer. Names are untrusted. */
export interface FollowUpMailFacts {
  officeName: string;
  firstName: string;
  lastName: string;
  reference: string;
  receivedAt: Date;
  /** By when the office wants to have answered. */
  respondBy: Date;
  timeZone: string;
  /** Null for nobody. */
  assignee: MailAssignee | null;
  leadUrl: string;
}

/** A lead in a digest. Names are untrusted. */
export interface DigestLead {
  firstName: string;
  lastName: string;
  reference: string;
  receivedAt: Date;
  respondBy: Date | null;
  leadUrl: string;
}

/** Leads of one kind in a digest: new, the reader's own, waiting with half their time gone, or past their time. */
export interface DigestSection {
  topic: "new" | "yours" | "waiting" | "late";
  /** When it is not exact it means "so many or more". */
  total: number;
  totalIsExact: boolean;
  /** The first of them. */
  leads: DigestLead[];
  /** All of them in the dashboard, absolute. */
  listUrl: string;
}

/** One mail for many about leads; no section is empty. */
export interface LeadDigestFacts {
  officeName: string;
  at: Date;
  timeZone: string;
  sections: DigestSection[];
}

/** How things stand in the morning; sections may be empty. */
export interface DailyDigestFacts extends LeadDigestFacts {
  /** From when on leads are new. */
  since: Date;
  /** The dashboard, absolute. */
  homeUrl: string;
  /** Where the digest is turned off, absolute. */
  profileUrl: string;
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
  invitation(facts: InvitationFacts): Promise<RenderedMail>;
  passwordReset(facts: PasswordResetFacts): Promise<RenderedMail>;
  securityNotice(facts: SecurityNoticeFacts): Promise<RenderedMail>;
  leadAssigned(facts: ColleagueMailFacts): Promise<RenderedMail>;
  noteMention(facts: ColleagueMailFacts): Promise<RenderedMail>;
  leadReminder(facts: FollowUpMailFacts): Promise<RenderedMail>;
  leadEscalation(facts: FollowUpMailFacts): Promise<RenderedMail>;
  leadDigest(facts: LeadDigestFacts): Promise<RenderedMail>;
  dailyDigest(facts: DailyDigestFacts): Promise<RenderedMail>;
}
