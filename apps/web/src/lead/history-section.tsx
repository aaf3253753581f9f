import { readFailure } from "@intake/client/failure";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { type Ref, useState } from "react";
import { LeadHistory } from "./lead-history";
import { HistoryError, HistorySkeleton } from "./lead-states";
import { NoteComposer } from "./note-composer";
import { useHistory } from "./use-history";

interface HistorySectionProps {
  lead: Lead;
  user: SignedInUser;
  noteField: Ref<HTMLTextAreaElement>;
}

const filters = [
  { only: undefined, label: "All" },
  { only: "notes", label: "Notes" },
] as const;

/** A note to write, and everything that happened, or only the notes. */
export function HistorySection({ lead, user, noteField }: HistorySectionProps) {
  const [only, setOnly] = useState<"notes" | undefined>(undefined);
  const history = useHistory(lead.id, only);
  const { events } = history;
  return (
    <section aria-labelledby="history" className="border-t border-line px-6 py-5 max-md:px-4">
      <div className="mb-3 flex min-h-6 items-center gap-3">
        <h2 id="history" className="flex-1 text-md font-semibold">
          History
        </h2>
        <fieldset className="print:hidden flex">
          <legend className="sr-only">Show</legend>
          {filters.map((filter) => (
            <button
              key={filter.label}
              type="button"
              aria-pressed={only === filter.only}
              onClick={() => setOnly(filter.only)}
              className="-ms-px min-h-6 border border-line-2 px-2 text-xs text-fg-2 first-of-type:rounded-s-2 last-of-type:rounded-e-2 hover:bg-hover aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-fg pointer-coarse:min-h-(--touch-h) pointer-coarse:px-3"
            >
              {filter.label}
            </button>
          ))}
        </fieldset>
      </div>
      {can(user, "leads.note") ? <NoteComposer leadId={lead.id} user={user} ref={noteField} /> : null}
      {events?.length === 0 ? (
        <p className="text-fg-2">
          {only === "notes" ? "Nobody has written a note yet." : "Nothing has happened yet."}
        </p>
      ) : null}
      {events && events.length > 0 ? (
        <LeadHistory
          lead={lead}
          events={events}
          onMore={history.more}
          isLoadingMore={history.isLoadingMore}
        />
      ) : null}
      {history.isPending ? <HistorySkeleton /> : null}
      {history.error && !events ? (
        <HistoryError failure={readFailure(history.error)} onRetry={history.retry} />
      ) : null}
    </section>
  );
}
