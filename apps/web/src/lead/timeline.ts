import type { LeadEvent, LeadSource, UpdateLeadStatus } from "@intake/core/leads/schema";
import { noLongerNeeded } from "@intake/core/mail/policy";

export type LineSign =
  | "received"
  | "seen"
  | "reached-out"
  | "reopened"
  | "file"
  | "checked"
  | "locked"
  | "mail-sent"
  | "mail-waiting"
  | "mail-failed"
  | "note"
  | "assigned"
  | "linked"
  | "late"
  | "other";

/** One line of the history as it is shown. */
export interface Line {
  id: string;
  sign: LineSign;
  /** Stands in front, in bold; empty when the sentence needs nobody. */
  who: string;
  text: string;
  at: string;
  note?: string | undefined;
  noteFacts?: LeadEvent["noteFacts"];
  /** A mail that did not arrive and can be sent again. */
  again?: { to: string; again: NonNullable<NonNullable<LeadEvent["mail"]>["again"]> } | undefined;
  /** Another lead it is about. */
  other?: { id: string; reference: string } | undefined;
}

type Channel = NonNullable<UpdateLeadStatus["channel"]>;

/** The word for a channel in "reached out …". */
export const channelWords: Record<Channel, string> = {
  EMAIL: "by email",
  PHONE: "by phone",
  OTHER: "another way",
};

/** The name of a channel on its own. */
export const channelLabels: Record<Channel, string> = {
  EMAIL: "Email",
  PHONE: "Phone",
  OTHER: "Another way",
};

/**
 * Turns events (newest first) into lines; looking at a lead again and again stays one line, and so do the mails that told the team of
 * its arrival.
 */
export function toLines(events: LeadEvent[], source: LeadSource = "FORM"): Line[] {
  const lines: { line: Line; times: number; key: string }[] = [];
  const told = events.filter(hasToldTeam);
  for (const event of events) {
    const { times = 1 } = event;
    const isTelling = told.length > 1 && hasToldTeam(event);
    if (isTelling && event !== told[0]) continue;
    const line = isTelling
      ? { ...toLine(event, source), text: `Told ${told.length} colleagues by mail` }
      : toLine(event, source);
    const key = line.sign === "seen" || line.sign === "file" ? `${line.who} ${line.text}` : event.id;
    const last = lines.at(-1);
    if (last?.key === key) last.times += times;
    else lines.push({ line, times, key });
  }
  return lines.map(({ line, times }) =>
    times > 1 ? { ...line, text: `${line.text} ${times} times, last` } : line,
  );
}

function hasToldTeam({ type, mail }: LeadEvent): boolean {
  return type === "mail.sent" && mail?.kind === "LEAD_NOTICE";
}

function toLine(event: LeadEvent, source: LeadSource): Line {
  const { id, at, note, noteFacts, other, mail } = event;
  const base = {
    id,
    at,
    note,
    noteFacts,
    other,
    again: mail?.again && { to: mail.to, again: mail.again },
    who: actorName(event),
  };
  switch (event.type) {
    case "lead.submitted":
      return {
        ...base,
        who: "",
        sign: "received",
        text: source === "API" ? "Sent by a program" : "Sent through the form",
      };
    case "lead.viewed":
      return { ...base, sign: "seen", text: "opened it" };
    case "lead.status_changed":
    case "lead.reverted":
      return { ...base, ...describeStatus(event) };
    case "lead.noted":
      return { ...base, sign: "note", text: "wrote a note" };
    case "lead.assigned":
      return { ...base, sign: "assigned", text: describeAssignment(event) };
    case "lead.related":
      return {
        ...base,
        sign: "linked",
        text: event.other?.kind === "NOT_SAME" ? "said this is not the same person as" : "linked this with",
      };
    case "lead.unrelated":
      return { ...base, sign: "linked", text: "took back the decision about" };
    case "lead.claimed":
      return { ...base, sign: "assigned", text: "took hold of it" };
    case "lead.released":
      return { ...base, sign: "assigned", text: "let go of it" };
    case "lead.reminded":
      return {
        ...base,
        who: "",
        sign: "late",
        text: "Half the time to answer has passed, a reminder went out",
      };
    case "lead.escalated":
      return { ...base, who: "", sign: "late", text: "The time to answer has passed, the admins were told" };
    case "resume.viewed":
      return { ...base, sign: "seen", text: "read the resume" };
    case "resume.added":
      return {
        ...base,
        sign: "received",
        text: event.isSameFile ? "added a resume that was here before" : "added a newer resume",
      };
    case "resume.downloaded":
      return {
        ...base,
        sign: "file",
        text: event.isUnchecked ? "downloaded the resume, unchecked" : "downloaded the resume",
      };
    case "resume.scanned":
      return { ...base, who: "", ...describeCheck(event) };
    case "mail.resent":
      return { ...base, sign: "mail-waiting", text: describeResending(event) };
    case "mail.queued":
    case "mail.sent":
    case "mail.suppressed":
    case "mail.failed":
      return { ...base, who: "", ...describeMail(event) };
    default:
      return { ...base, sign: "other", text: event.type.replaceAll(/[._]/g, " ") };
  }
}

function describeStatus({ status, channel, isUndo, isBulk }: LeadEvent): Pick<Line, "sign" | "text"> {
  const among = isBulk ? ", with others" : "";
  if (status === "PENDING")
    return { sign: "reopened", text: `${isUndo ? "took that back" : "set it back to pending"}${among}` };
  const way = channel ? ` ${channelWords[channel]}` : "";
  return {
    sign: "reached-out",
    text: `${isUndo ? "took that back: reached out" : "reached out"}${way}${among}`,
  };
}

function describeAssignment({ actor, assignee, isBulk }: LeadEvent): string {
  const among = isBulk ? ", with others" : "";
  if (!assignee) return `left it to nobody${among}`;
  const isOwn = actor.type === "user" && (actor.isYou ? assignee.isYou : actor.name === assignee.name);
  if (isOwn) return `took it${among}`;
  return `assigned it to ${assignee.isYou ? "you" : assignee.name}${among}`;
}

function actorName({ actor }: LeadEvent): string {
  if (actor.type === "user") return actor.isYou ? "You" : actor.name;
  if (actor.type === "api_key") return `${actor.name}, by the key “${actor.key}”`;
  return actor.type === "prospect" ? "The prospect" : "Intake";
}

function describeCheck({ check }: LeadEvent): Pick<Line, "sign" | "text"> {
  switch (check?.state) {
    case "CLEAN":
      return { sign: "checked", text: "Resume checked, nothing found" };
    case "INFECTED":
      return {
        sign: "locked",
        text: `Resume locked, it contains malware${check.reason ? ` (${check.reason})` : ""}`,
      };
    case "UNSCANNABLE":
      return { sign: "locked", text: `Resume locked${check.reason ? `: ${check.reason}` : ""}` };
    default:
      return { sign: "checked", text: "Resume examined, but by no virus scanner" };
  }
}

function describeMail({ type, mail }: LeadEvent): Pick<Line, "sign" | "text"> {
  const what = mail ? mailWords[mail.kind] : "Mail";
  const to = mail ? ` (${mail.to})` : "";
  const reason = mail?.reason ? `: ${mail.reason}` : "";
  switch (type) {
    case "mail.sent":
      return { sign: "mail-sent", text: `${what} sent${to}` };
    case "mail.queued":
      return { sign: "mail-waiting", text: `${what} waits to be sent${to}${reason}` };
    case "mail.suppressed":
      if (mail?.reason === noLongerNeeded)
        return { sign: "other", text: `${what} not sent, it was no longer needed${to}` };
      return { sign: "mail-failed", text: `${what} not sent, the address does not take mail${to}${reason}` };
    default:
      return { sign: "mail-failed", text: `${what} could not be sent${to}${reason}` };
  }
}

function describeResending({ mail }: LeadEvent): string {
  return mail ? `sent the ${mailWords[mail.kind].toLowerCase()} again (${mail.to})` : "sent a mail again";
}

const mailWords: Record<NonNullable<LeadEvent["mail"]>["kind"], string> = {
  LEAD_RECEIPT: "Receipt",
  LEAD_NOTICE: "Mail to the team",
  LEAD_ASSIGNED: "Mail about the assignment",
  NOTE_MENTION: "Mail about the note",
  LEAD_REMINDER: "Reminder",
  LEAD_ESCALATION: "Mail about the time that passed",
};

/** The newest change of status: who, when and how. */
export function lastStatusChange(events: LeadEvent[] | undefined): LeadEvent | undefined {
  return events?.find(({ type }) => type === "lead.status_changed" || type === "lead.reverted");
}
