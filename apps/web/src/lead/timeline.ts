import type { LeadEvent, UpdateLeadStatus } from "@intake/core/leads/schema";

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

/** Turns events (newest first) into lines; looking at a lead again and again stays one line. */
export function toLines(events: LeadEvent[]): Line[] {
  const lines: { line: Line; times: number; key: string }[] = [];
  for (const event of events) {
    const line = toLine(event);
    const key = line.sign === "seen" || line.sign === "file" ? `${line.who} ${line.text}` : event.id;
    const last = lines.at(-1);
    if (last?.key === key) last.times += 1;
    else lines.push({ line, times: 1, key });
  }
  return lines.map(({ line, times }) =>
    times > 1 ? { ...line, text: `${line.text} ${times} times, last` } : line,
  );
}

function toLine(event: LeadEvent): Line {
  const base = { id: event.id, at: event.at, note: event.note, who: actorName(event) };
  switch (event.type) {
    case "lead.submitted":
      return { ...base, who: "", sign: "received", text: "Sent through the form" };
    case "lead.viewed":
      return { ...base, sign: "seen", text: "opened it" };
    case "lead.status_changed":
      return event.status === "PENDING"
        ? { ...base, sign: "reopened", text: "set it back to pending" }
        : {
            ...base,
            sign: "reached-out",
            text: ["reached out", event.channel && channelWords[event.channel]].filter(Boolean).join(" "),
          };
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
    case "mail.queued":
    case "mail.sent":
    case "mail.suppressed":
    case "mail.failed":
      return { ...base, who: "", ...describeMail(event) };
    default:
      return { ...base, sign: "other", text: event.type.replaceAll(/[._]/g, " ") };
  }
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
  const what = mail?.kind === "LEAD_NOTICE" ? "Mail to the team" : "Receipt";
  const to = mail ? ` (${mail.to})` : "";
  const reason = mail?.reason ? `: ${mail.reason}` : "";
  switch (type) {
    case "mail.sent":
      return { sign: "mail-sent", text: `${what} sent${to}` };
    case "mail.queued":
      return { sign: "mail-waiting", text: `${what} waits to be sent${to}${reason}` };
    case "mail.suppressed":
      return { sign: "mail-failed", text: `${what} not sent, the address does not take mail${to}${reason}` };
    default:
      return { sign: "mail-failed", text: `${what} could not be sent${to}${reason}` };
  }
}

/** The newest change of status: who, when and how. */
export function lastStatusChange(events: LeadEvent[] | undefined): LeadEvent | undefined {
  return events?.find((event) => event.type === "lead.status_changed");
}
