import type { LeadItem } from "@intake/core/leads/schema";
import { Hourglass, Moon, Sun, Timer, TriangleAlert } from "lucide-react";
import { Avatar } from "../parts/avatar";
import { useNow, useZone } from "../time/clock";
import { exactMoment, momentWithin } from "../time/moments";
import { describeSpan, readPromise } from "../time/promise";
import { theirTime } from "../time/their-time";

const line = "num inline-flex max-w-full items-center gap-1.5 whitespace-nowrap";

/** How the promise to answer stands, or how long the answer took in the office's hours. */
export function AnswerCell({ lead }: { lead: LeadItem }) {
  const now = useNow();
  const zone = useZone();
  if (lead.status === "REACHED_OUT") return <AnswerTime lead={lead} />;
  const promise = readPromise(lead, now);
  if (!promise || lead.respondBy === null) return <None>No promise</None>;
  const until = new Date(lead.respondBy);
  const Icon = { calm: Timer, soon: Hourglass, late: TriangleAlert }[promise.tone];
  const color = { calm: "text-fg-2", soon: "text-pending", late: "font-medium text-danger" }[promise.tone];
  const moment = momentWithin(until, now, zone);
  const words = promise.span ?? (promise.tone === "late" ? `Late since ${moment}` : `Until ${moment}`);
  return (
    <time dateTime={lead.respondBy} title={exactMoment(until, zone)} className={`${line} ${color}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      <span className="truncate">{words}</span>
      <span className="sr-only"> ({exactMoment(until, zone)})</span>
    </time>
  );
}

function AnswerTime({ lead }: { lead: LeadItem }) {
  if (lead.responseMinutes === null) return <None>Not measured</None>;
  const isLate = lead.respondBy !== null && lead.reachedOutAt !== null && lead.reachedOutAt > lead.respondBy;
  return (
    <span className={`${line} text-fg-3`} title="In the office's hours">
      In {describeSpan(lead.responseMinutes * 60_000)}
      {isLate ? ", late" : ""}
    </span>
  );
}

/** What the prospect's clock says, and whether it is a time to call. */
export function TheirTimeCell({ timeZone }: { timeZone: string | null }) {
  const time = theirTime(timeZone, useNow(), useZone());
  if (!time) return <None>Not known</None>;
  const Icon = time.isOfficeHours ? Sun : Moon;
  return (
    <span className={`${line} ${time.isOfficeHours ? "text-fg-2" : "text-fg-3"}`} title={time.words}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      <span className="truncate">{inShort(time.words)}</span>
      <span className="sr-only">{time.isOfficeHours ? ", office hours" : ", outside office hours"}</span>
    </span>
  );
}

/** `Wed 00:23 Ho Chi Minh` for `Wednesday 00:23 in Ho Chi Minh`: a column has little room. */
function inShort(words: string): string {
  return words.replace(/^(\w{3})\w*day /, "$1 ").replace(" in ", " ");
}

/** Who is in charge, or was before they left. */
export function AssigneeCell({ assignee }: { assignee: LeadItem["assignee"] }) {
  if (!assignee) return <None>Nobody yet</None>;
  const { name, hasLeft } = assignee;
  return (
    <span
      className="inline-flex max-w-full items-center gap-1.5"
      title={hasLeft ? `${name} is not here any more` : name}
    >
      <Avatar name={name} />
      <span className={hasLeft ? "truncate text-fg-3" : "truncate"}>
        {name.split(/\s+/)[0]}
        {hasLeft ? ", left" : ""}
      </span>
    </span>
  );
}

function None({ children }: { children: string }) {
  return <span className="text-fg-3">{children}</span>;
}
