import { StatusBadge } from "../parts/status-badge";
import { FileState } from "../resume/file-state";
import { Moment } from "../time/moment";
import { ExcerptLine } from "./excerpt-line";
import { AnswerCell } from "./lead-cells";
import { fullName, LeadLink } from "./lead-link";
import type { LeadRowsProps } from "./leads-table";
import { LookedWords } from "./looked-line";

/** The list on a phone: a page at a time, without selection by ranges. */
export function LeadsCards({ leads, search, currentId, onOpen, selecting, looked }: LeadRowsProps) {
  return (
    <ul aria-label="Leads" className="border-t border-line">
      {leads.map((lead) => (
        <li
          key={lead.id}
          className={`group relative border-b border-line ${selecting.has(lead.id) ? "bg-ink-soft" : lead.id === currentId ? "bg-hover" : ""} ${lead.id === currentId ? "shadow-[inset_3px_0_0_var(--ink)]" : ""}`}
        >
          {looked?.beforeId === lead.id ? (
            <p className="border-b border-ink-line px-4 py-1 text-xs font-medium text-ink">
              <LookedWords at={looked.at} />
            </p>
          ) : null}
          <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-3">
            <LeadLink lead={lead} search={search} onOpen={onOpen} />
            <Moment standsAlone at={lead.createdAt} className="text-xs leading-[1.375rem] text-fg-3" />
            {lead.excerpt ? <ExcerptLine excerpt={lead.excerpt} className="col-span-2 mt-1.5" /> : null}
            <span className="relative col-span-2 mt-1.5 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 pe-10">
              <StatusBadge status={lead.status} filled={false} />
              {lead.respondBy || lead.responseMinutes !== null ? <AnswerCell lead={lead} /> : null}
              <FileState resume={lead.resume} />
              <label className="absolute -end-3 -bottom-2.5 z-1 grid size-(--touch-h) place-items-center">
                <input
                  type="checkbox"
                  aria-label={`Select ${fullName(lead)}`}
                  checked={selecting.has(lead.id)}
                  onChange={() => selecting.toggle(lead.id)}
                  className="size-5 accent-(--ink)"
                />
              </label>
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
