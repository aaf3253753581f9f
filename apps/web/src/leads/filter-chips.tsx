import { trpc } from "@intake/client/react";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { buttonClass } from "../parts/button";
import { useZone } from "../time/clock";
import { describeFilters } from "./filter-words";
import { changePlace, clearFilters, type ListPlace } from "./leads-address";

/** Filters in force; each can be taken away, and all of them at once. */
export function FilterChips({ place }: { place: ListPlace }) {
  const zone = useZone();
  const needsNames = place.assignee !== undefined && place.assignee !== "me" && place.assignee !== "nobody";
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { enabled: needsNames }).data ?? [];
  const chips = describeFilters(place, { colleagues, zone });
  if (chips.length === 0) return null;
  return (
    <>
      {chips.map(({ label, value, keys }) => (
        <span
          key={keys.join()}
          className="inline-flex min-h-7 max-w-full items-center rounded-2 border border-line-2 bg-surface text-fg-2 pointer-coarse:min-h-(--touch-h)"
        >
          <span className="max-w-64 truncate ps-2 pe-1.5">
            {label} <b className="font-medium text-fg">{value}</b>
          </span>
          <Link
            to="/leads"
            search={changePlace(place, Object.fromEntries(keys.map((key) => [key, undefined])))}
            aria-label={`Without “${label} ${value}”`}
            className="grid min-h-7 w-7 flex-none place-items-center border-s border-line text-fg-3 hover:text-fg pointer-coarse:min-h-(--touch-h) pointer-coarse:w-(--touch-h)"
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </Link>
        </span>
      ))}
      <Link to="/leads" search={clearFilters(place)} className={buttonClass("quiet")}>
        Clear all
      </Link>
    </>
  );
}
