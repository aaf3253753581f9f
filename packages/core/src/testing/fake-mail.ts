import type { DigestSection, MailRenderer } from "../ports/mail-renderer";
import type { Mailer, OutgoingMail, SendResult } from "../ports/mailer";

/** A provider on a leash: answers what the test lines up, else accepts. Remembers what it accepted. */
export function createFakeMailer() {
  const accepted: OutgoingMail[] = [];
  const answers: (SendResult | ((mail: OutgoingMail) => Promise<SendResult>))[] = [];
  const accept = (mail: OutgoingMail): SendResult => {
    accepted.push(mail);
    return { outcome: "sent", providerMessageId: `provider-${mail.id}` };
  };
  const mailer: Mailer = {
    async send(mail) {
      const answer = answers.shift();
      if (answer === undefined) return accept(mail);
      return typeof answer === "function" ? answer(mail) : answer;
    },
    async findSent(id) {
      return accepted.some((mail) => mail.id === id) ? `provider-${id}` : null;
    },
  };
  return { ...mailer, accepted, answers, accept };
}

export function createFakeRenderer(): MailRenderer {
  return {
    leadReceipt: async (facts) => ({
      subject: `We have it: ${facts.reference}`,
      html: `<p>${facts.receiptUrl}</p>`,
      text: facts.receiptUrl,
    }),
    leadNotice: async (facts) => ({
      subject: `New lead: ${facts.reference}`,
      html: `<p>${facts.leadUrl}</p>`,
      text: `${facts.leadUrl} earlier: ${facts.earlierLeads}`,
    }),
    invitation: async (facts) => ({ subject: "Invitation", html: "", text: facts.acceptUrl }),
    passwordReset: async (facts) => ({ subject: "New password", html: "", text: facts.resetUrl }),
    securityNotice: async (facts) => ({ subject: "Security", html: "", text: facts.notice }),
    leadAssigned: async (facts) => ({
      subject: "Assigned",
      html: "",
      text: `${facts.colleagueName} ${facts.leadUrl}`,
    }),
    noteMention: async (facts) => ({
      subject: "Named",
      html: "",
      text: `${facts.colleagueName} ${facts.leadUrl}`,
    }),
    leadReminder: async (facts) => ({ subject: "Reminder", html: "", text: facts.leadUrl }),
    leadEscalation: async (facts) => ({ subject: "Escalation", html: "", text: facts.leadUrl }),
    leadDigest: async (facts) => ({ subject: "Digest", html: "", text: sectionsAsText(facts.sections) }),
    dailyDigest: async (facts) => ({ subject: "Today", html: "", text: sectionsAsText(facts.sections) }),
  };
}

/** `new 50: Adams Baker`, a line for each section. */
function sectionsAsText(sections: DigestSection[]): string {
  return sections
    .map(({ topic, total, leads }) => [`${topic} ${total}:`, ...leads.map((lead) => lead.lastName)].join(" "))
    .join("\n");
}
