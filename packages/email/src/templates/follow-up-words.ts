import type { FollowUpMailFacts } from "@intake/core/ports/mail-renderer";
import { inertText, singleLine } from "../inert-text";
import type { AccountMailWords } from "./account-words";
import { describeDay, describeTime } from "./wording";

const maxNameCharacters = 60;

/** Half the time to answer has passed. */
export function leadReminderWords(facts: FollowUpMailFacts): AccountMailWords {
  const { name, reference, received, until, inCharge } = wordsOf(facts);
  return {
    subject: `Half the time has passed: ${name} (${reference})`,
    title: `${name} waits for an answer`,
    paragraphs: [
      `Half the time to answer has passed. The office wants to have reached out by ${until}.`,
      `Received: ${received}. ${inCharge}`,
    ],
    action: { label: "Open the lead", href: facts.leadUrl },
    after: [`Reference ${reference}. Have you reached out already? Mark the lead, and nothing more comes.`],
    foot: "You get this mail because the lead is yours, or because this address hears of leads that wait for somebody.",
  };
}

/** The time to answer is over. */
export function leadEscalationWords(facts: FollowUpMailFacts): AccountMailWords {
  const { name, reference, received, until, inCharge } = wordsOf(facts);
  return {
    subject: `Past its time: ${name} (${reference})`,
    title: `${name} still waits`,
    paragraphs: [
      `The time to answer ended on ${until}. The lead is still pending.`,
      `Received: ${received}. ${inCharge}`,
    ],
    action: { label: "Open the lead", href: facts.leadUrl },
    after: [
      `Reference ${reference}. Reach out now, or give it to somebody who can. This mail comes once for each lead.`,
    ],
    foot: "You get this mail because you are an admin of Intake, or because the lead is yours.",
  };
}

function wordsOf({ timeZone, assignee, ...facts }: FollowUpMailFacts) {
  const moment = (at: Date) => `${describeDay(at, timeZone)}, ${describeTime(at, timeZone)}`;
  return {
    name: inertText(`${facts.firstName} ${facts.lastName}`, maxNameCharacters),
    reference: singleLine(facts.reference, 40),
    received: moment(facts.receivedAt),
    until: moment(facts.respondBy),
    inCharge: assignee
      ? `${assignee.isReader ? "It is yours" : `It is ${inertText(assignee.name, maxNameCharacters)}’s`}.`
      : "Nobody is in charge of it yet.",
  };
}
