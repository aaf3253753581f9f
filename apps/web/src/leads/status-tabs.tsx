import { trpc } from "@intake/client/react";
import type { LeadStatus, LeadTotals } from "@intake/core/leads/schema";
import { Link } from "@tanstack/react-router";
import { changePlace, type ListPlace } from "./leads-address";

const tabs: { label: string; status: LeadStatus | undefined; count: (totals: LeadTotals) => number }[] = [
  { label: "All", status: undefined, count: (totals) => totals.PENDING + totals.REACHED_OUT },
  { label: "Pending", status: "PENDING", count: (totals) => totals.PENDING },
  { label: "Reached out", status: "REACHED_OUT", count: (totals) => totals.REACHED_OUT },
];

/** Status as tabs, with the exact number of leads behind each. */
export function StatusTabs({ place }: { place: ListPlace }) {
  const totals = trpc.leads.totals.useQuery();
  return (
    <nav aria-label="Status" className="flex gap-5 overflow-x-auto border-b border-line px-6 max-md:px-4">
      {tabs.map(({ label, status, count }) => {
        const isCurrent = place.status === status;
        return (
          <Link
            key={label}
            to="/leads"
            search={changePlace(place, { status })}
            // The router compares whole searches; a tab stands for its status alone.
            aria-current={isCurrent ? "page" : undefined}
            activeProps={{ "aria-current": isCurrent ? "page" : undefined }}
            className={`-mb-px inline-flex min-h-[2.375rem] items-center gap-1.5 border-b-2 whitespace-nowrap no-underline pointer-coarse:min-h-(--touch-h) ${isCurrent ? "border-ink font-medium text-fg hover:text-fg" : "border-transparent text-fg-2 forced-colors:border-[Canvas] hover:text-fg"}`}
          >
            {label}
            {totals.data ? (
              <span className="num text-xs font-normal text-fg-3">
                {count(totals.data).toLocaleString("en-GB")}
              </span>
            ) : null}
          </Link>
        );
      })}
    </nav>
  );
}
