import type {
  InvitationFacts,
  PasswordResetFacts,
  SecurityNotice,
  SecurityNoticeFacts,
} from "@intake/core/ports/mail-renderer";
import { inertText, singleLine } from "../inert-text";
import { describeDay, describeTime } from "./wording";

const maxNameCharacters = 60;

/** A mail about an account: a title, a few sentences, one link, and why it came. */
export interface AccountMailWords {
  subject: string;
  title: string;
  /** Before the button. */
  paragraphs: string[];
  action: { label: string; href: string };
  /** Under the button: until when, and what to do when it was not expected. */
  after: string[];
  /** Why this mail came. */
  foot: string;
}

export function invitationWords(facts: InvitationFacts): AccountMailWords {
  const office = singleLine(facts.officeName, 120);
  const inviter = inertText(facts.inviterName, maxNameCharacters);
  return {
    subject: `Your invitation to Intake at ${office}`,
    title: `Work with ${office} in Intake`,
    paragraphs: [
      `${inviter} invites you to Intake, where ${office} keeps the people who ask for help. Your role there: ${facts.role}.`,
      "Choose your name and a password to begin.",
    ],
    action: { label: "Accept the invitation", href: facts.acceptUrl },
    after: [
      `The link works once, until ${moment(facts.expiresAt, facts.timeZone)}. After that, ask ${inviter} for a new one.`,
      "Do you not know what this is about? Then leave the link alone: nothing happens.",
    ],
    foot: "You get this mail because an admin of Intake entered this address.",
  };
}

export function passwordResetWords(facts: PasswordResetFacts): AccountMailWords {
  const office = singleLine(facts.officeName, 120);
  return {
    subject: "Choose a new password for Intake",
    title: "Choose a new password",
    paragraphs: [`Somebody, probably you, asked for a new password for Intake at ${office}.`],
    action: { label: "Choose a new password", href: facts.resetUrl },
    after: [
      `The link works once, until ${moment(facts.expiresAt, facts.timeZone)}. Choosing a password signs you out everywhere else.`,
      "Was it not you? Then leave the link alone: your password stays as it is.",
    ],
    foot: "You get this mail because this address signs in to Intake.",
  };
}

const notices: Record<SecurityNotice, { subject: string; fact: string; advice: string }> = {
  "session.reused": {
    subject: "We ended one of your sessions",
    fact: "A copy of one of your sign-ins was used again. To be safe we ended that session everywhere.",
    advice:
      "Sign in again. If you had not just restored a browser or a computer from a copy, change your password and tell your admin.",
  },
  "password.changed": {
    subject: "Your password was changed",
    fact: "The password of your Intake account was changed, and your other sessions were ended.",
    advice: "Was it not you? Choose a new password with “Forgot password?” at once and tell your admin.",
  },
  "password.reset": {
    subject: "Your password was set anew",
    fact: "A new password for your Intake account was chosen through a link sent to this address, and all sessions were ended.",
    advice: "Was it not you? Choose a new password with “Forgot password?” at once and tell your admin.",
  },
  "second-factor.changed": {
    subject: "Your second factor was changed",
    fact: "An authenticator, a passkey or the recovery codes of your Intake account were added, replaced or removed.",
    advice: "Was it not you? Change your password at once and tell your admin.",
  },
};

export function securityNoticeWords(facts: SecurityNoticeFacts): AccountMailWords {
  const { subject, fact, advice } = notices[facts.notice];
  return {
    subject,
    title: subject,
    paragraphs: [fact, `When: ${moment(facts.at, facts.timeZone)}.`],
    action: { label: "Look at your account", href: facts.securityUrl },
    after: [advice],
    foot: `You get this mail because it is about the safety of your account at ${singleLine(facts.officeName, 120)}.`,
  };
}

function moment(at: Date, timeZone: string): string {
  return `${describeDay(at, timeZone)}, ${describeTime(at, timeZone)}`;
}
