import type {
  DailyDigestFacts,
  DigestLead,
  DigestSection,
  LeadDigestFacts,
} from "@intake/core/ports/mail-renderer";
import { inertText, singleLine } from "../inert-text";
import { describeDay, describePlace, describeTime } from "./wording";

const maxNameCharacters = 60;

/** A mail of lists: what each holds, the first leads of it, and the way to all. */
export interface DigestWords {
  subject: string;
  title: string;
  intro: string;
  sections: {
    heading: string;
    /** Instead of leads. */
    empty?: string;
    leads: { name: string; facts: string; href: string }[];
    /** How many are not named here; null when all are. */
    more: string | null;
    all: { label: string; href: string };
  }[];
  action: { label: string; href: string } | null;
  /** Why this mail came, and where that is changed. */
  foot: string;
  footLink: { label: string; href: string } | null;
}

/** `50 new leads`, as part of a subject. */
const topicWords: Record<DigestSection["topic"], (count: string, isOne: boolean) => string> = {
  new: (count, isOne) => `${count} new ${isOne ? "lead" : "leads"}`,
  yours: (count, isOne) => `${count} ${isOne ? "lead" : "leads"} for you`,
  waiting: (count) => `${count} with half the time gone`,
  late: (count) => `${count} past the time to answer`,
};

const headings: Record<DigestSection["topic"], string> = {
  new: "New",
  yours: "Yours now",
  waiting: "Half the time has passed",
  late: "The time to answer has passed",
};

/** Many mails about leads in one. */
export function leadDigestWords(facts: LeadDigestFacts): DigestWords {
  const summary = facts.sections.map(summarize).join(", ");
  return {
    subject: summary,
    title: summary,
    intro: `So many at once that this is one mail instead of one for each. Times are ${describePlace(facts.at, facts.timeZone)}.`,
    sections: facts.sections.map((section) =>
      wordSection(section, { heading: headings[section.topic], timeZone: facts.timeZone }),
    ),
    action: null,
    foot: `You get this mail because leads of ${singleLine(facts.officeName, 120)} are told to this address, or because they are yours.`,
    footLink: null,
  };
}

/** How things stand in the morning. */
export function dailyDigestWords(facts: DailyDigestFacts): DigestWords {
  const office = singleLine(facts.officeName, 120);
  const shown = facts.sections.filter(({ total }) => total > 0);
  const summary = shown.length > 0 ? shown.map(summarizeDay).join(", ") : "nothing waits";
  const since = `${describeDay(facts.since, facts.timeZone)}, ${describeTime(facts.since, facts.timeZone)}`;
  const day: Record<DigestSection["topic"], { heading: string; empty: string }> = {
    new: { heading: "New", empty: `Nobody wrote since ${since}.` },
    yours: { heading: "Yours, pending", empty: "Nobody waits for you." },
    waiting: { heading: headings.waiting, empty: "None." },
    late: { heading: "Past the promise", empty: "Nobody waits past the promise." },
  };
  return {
    subject: `Today at ${office}: ${summary}`,
    title: `Today at ${office}`,
    intro: `${describeDay(facts.at, facts.timeZone)}. New means since ${since}.`,
    sections: facts.sections.map((section) => ({
      ...wordSection(section, { heading: day[section.topic].heading, timeZone: facts.timeZone }),
      empty: day[section.topic].empty,
    })),
    action: { label: "Open Intake", href: facts.homeUrl },
    foot: "You get this mail on working days because you asked for it.",
    footLink: { label: "Turn it off in your profile", href: facts.profileUrl },
  };
}

function wordSection(
  section: DigestSection,
  { heading, timeZone }: { heading: string; timeZone: string },
): DigestWords["sections"][number] {
  const count = countOf(section);
  const unnamed = section.total - section.leads.length;
  return {
    heading: `${heading}: ${count}`,
    leads: section.leads.map((lead) => wordLead(lead, { topic: section.topic, timeZone })),
    more: unnamed > 0 ? `And ${section.totalIsExact ? format(unnamed) : "many"} more.` : null,
    all: {
      label: section.total === 1 ? "See it in the list" : `See all ${count} in the list`,
      href: section.listUrl,
    },
  };
}

function wordLead(lead: DigestLead, options: { topic: DigestSection["topic"]; timeZone: string }) {
  return {
    name: inertText(`${lead.firstName} ${lead.lastName}`, maxNameCharacters),
    facts: `${singleLine(lead.reference, 40)}, ${momentOf(lead, options)}`,
    href: lead.leadUrl,
  };
}

function momentOf(
  { receivedAt, respondBy }: DigestLead,
  { topic, timeZone }: { topic: DigestSection["topic"]; timeZone: string },
): string {
  const due = { waiting: "due", late: "was due", new: null, yours: null }[topic];
  return due && respondBy
    ? `${due} ${brief(respondBy, timeZone)}`
    : `received ${brief(receivedAt, timeZone)}`;
}

function summarize(section: DigestSection): string {
  return topicWords[section.topic](countOf(section), section.total === 1);
}

function summarizeDay(section: DigestSection): string {
  const words = { new: "new", yours: "yours", waiting: "with half the time gone", late: "past the promise" };
  return `${countOf(section)} ${words[section.topic]}`;
}

function countOf({ total, totalIsExact }: DigestSection): string {
  return totalIsExact ? format(total) : `${format(total)}+`;
}

function format(count: number): string {
  return count.toLocaleString("en-GB");
}

/** `Tue 24 Nov, 09:14`; the mail names the zone once, before. */
function brief(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    ...{ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  }).format(at);
}
