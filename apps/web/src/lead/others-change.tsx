import type { LeadEvent } from "@intake/core/leads/schema";
import { useState } from "react";
import { Moment } from "../time/moment";
import { toLines } from "./timeline";

/** Changes that somebody in front of the lead has to know about. */
const telling = new Set<LeadEvent["type"]>([
  "lead.status_changed",
  "lead.reverted",
  "lead.noted",
  "lead.assigned",
  "lead.related",
  "lead.unrelated",
  "resume.added",
]);

/** "Jonas Meyer marked this reached out just now": what somebody else changed while the lead is open. Said once to screen readers. */
export function OthersChange({ events }: { events: LeadEvent[] | undefined }) {
  const event = useLatestOfOthers(events);
  const sentence = event ? describe(event) : "";
  return (
    <>
      <p role="status" className="sr-only">
        {sentence ? `${sentence}.` : null}
      </p>
      {event ? (
        // The clock in it moves on; read aloud it would be said again and again.
        <p aria-hidden className="print:hidden mt-2 border-s-2 border-ink ps-2 text-fg-2">
          {sentence} <Moment at={event.at} className="text-fg-3" />
        </p>
      ) : null}
    </>
  );
}

/** The newest change since the page was opened, if it is somebody else's. */
function useLatestOfOthers(events: LeadEvent[] | undefined): LeadEvent | null {
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  // By the server's own clock: what is the newest when the history is first there had happened before.
  if (events && openedAt === null) setOpenedAt(events[0]?.at ?? "");
  if (!events || openedAt === null) return null;
  const latest = events.find(({ type, at }) => at > openedAt && telling.has(type));
  if (!latest || (latest.actor.type === "user" && latest.actor.isYou)) return null;
  return latest;
}

function describe(event: LeadEvent): string {
  const [line] = toLines([event]);
  if (!line) return "";
  const { status } = event;
  const did =
    status === "REACHED_OUT"
      ? "marked this reached out"
      : status === "PENDING"
        ? "set this back to pending"
        : `${line.text}${line.other ? ` ${line.other.reference}` : ""}`;
  return `${line.who} ${did}`;
}
