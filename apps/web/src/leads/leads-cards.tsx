import { StatusBadge } from "../parts/status-badge";
import { FileState } from "../resume/file-state";
import { Moment } from "../time/moment";
import { ExcerptLine } from "./excerpt-line";
import { LeadLink } from "./lead-link";
import type { LeadRowsProps } from "./leads-table";

/** The list on a phone. */
export function LeadsCards({ leads, search, currentId, onOpen }: LeadRowsProps) {
  return (
    <ul aria-label="Leads" className="border-t border-line">
      {leads.map((lead) => (
        <li
          key={lead.id}
          className={`group relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line px-4 py-3 ${lead.id === currentId ? "bg-hover shadow-[inset_3px_0_0_var(--ink)]" : ""}`}
        >
          <LeadLink lead={lead} search={search} onOpen={onOpen} />
          <Moment standsAlone at={lead.createdAt} className="text-xs leading-[1.375rem] text-fg-3" />
          {lead.excerpt ? <ExcerptLine excerpt={lead.excerpt} className="col-span-2 mt-1.5" /> : null}
          <span className="col-span-2 mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={lead.status} filled={false} />
            <FileState resume={lead.resume} />
          </span>
        </li>
      ))}
    </ul>
  );
}
