import type { LeadEvent } from "@intake/core/leads/schema";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { statusWords } from "../parts/status-badge";
import { TwoValues } from "../parts/two-values";
import { useNow, useZone } from "../time/clock";
import { describeMoment } from "../time/moments";
import { channelLabels, lastStatusChange } from "./timeline";
import { type Conflict, oppositeOf, type StatusWish } from "./use-status-change";

interface ConflictNoticeProps {
  conflict: Conflict;
  events: LeadEvent[] | undefined;
  /** What is saved stays; a note that was to go with the own change is written all the same, if it comes along. */
  onKeep: (note?: string) => void;
  onChange: (wish: StatusWish) => void;
}

/** Somebody was faster: both values side by side, and two ways on (detail 4.48, 4.50). */
export function ConflictNotice({ conflict, events, onKeep, onChange }: ConflictNoticeProps) {
  const now = useNow();
  const zone = useZone();
  const { current, wish } = conflict;
  // Only the event that made the status what it is now; an older list of events knows nothing about it.
  const event = lastStatusChange(events);
  const change = event && event.status === current.status ? event : undefined;
  const who = change?.actor.type === "user" && !change.actor.isYou ? change.actor.name : null;
  const done = current.status === "REACHED_OUT" ? "marked this reached out" : "set this back to pending";
  const when = change ? ` ${describeMoment(new Date(change.at), now, zone)}` : "";
  const other = oppositeOf(current.status);
  return (
    <Notice tone="warn" announce>
      <p className="font-medium">
        {who ?? "Someone else"} {done}
        {when}. Your change is not saved.
      </p>
      <TwoValues
        labelWidth="w-14"
        rows={[
          { label: "Status", saved: statusWords[current.status], yours: statusWords[wish.status] },
          { label: "How", saved: howWords(change?.channel), yours: howWords(wish.channel) },
          { label: "Note", saved: change?.note ?? "None", yours: wish.note ?? "None" },
        ]}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        {wish.note ? (
          <Button look="primary" onPress={() => onKeep(wish.note)}>
            {who ? `Keep ${who}’s, add my note` : "Keep what is saved, add my note"}
          </Button>
        ) : null}
        <Button look={wish.note ? "outline" : "primary"} onPress={() => onKeep()}>
          {who ? `Keep ${who}’s` : "Keep what is saved"}
        </Button>
        <Button onPress={() => onChange(wish.status === other ? wish : { status: other })}>
          {other === "PENDING" ? "Change back to pending" : "Mark reached out"}
        </Button>
      </div>
    </Notice>
  );
}

function howWords(channel: StatusWish["channel"]): string {
  return channel ? channelLabels[channel] : "Not said";
}
