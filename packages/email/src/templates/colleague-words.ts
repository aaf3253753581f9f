import type { ColleagueMailFacts } from "@intake/core/ports/mail-renderer";
import { inertText, singleLine } from "../inert-text";
import type { AccountMailWords } from "./account-words";

const maxNameCharacters = 60;

const foot =
  "You get this mail because it is about work of yours in Intake. You can turn such mails off in your profile.";

/** Somebody, or Intake itself, put the reader in charge of a lead. */
export function leadAssignedWords(facts: ColleagueMailFacts): AccountMailWords {
  const { name, reference, colleague } = wordsOf(facts);
  return {
    subject: `Yours now: ${name} (${reference})`,
    title: `${name} is yours now`,
    paragraphs: [
      colleague
        ? `${colleague} put you in charge of this lead. Everything that is known about it stands on its page.`
        : "Intake put you in charge of this lead. Everything that is known about it stands on its page.",
    ],
    action: { label: "Open the lead", href: facts.leadUrl },
    after: [`Reference ${reference}. Does it belong to somebody else? Assign it there.`],
    foot,
  };
}

/** A note names the reader. What it says stays in Intake. */
export function noteMentionWords(facts: ColleagueMailFacts): AccountMailWords {
  const { name, reference, colleague } = wordsOf(facts);
  const writer = colleague ?? "A colleague";
  return {
    subject: `${writer} names you in a note about ${name} (${reference})`,
    title: `${writer} names you in a note`,
    paragraphs: [`It is about the lead of ${name}. What it says stays in Intake.`],
    action: { label: "Read the note", href: facts.leadUrl },
    after: [`Reference ${reference}.`],
    foot,
  };
}

function wordsOf({ firstName, lastName, reference, colleagueName }: ColleagueMailFacts) {
  return {
    name: inertText(`${firstName} ${lastName}`, maxNameCharacters),
    reference: singleLine(reference, 40),
    colleague: colleagueName === null ? null : inertText(colleagueName, maxNameCharacters),
  };
}
