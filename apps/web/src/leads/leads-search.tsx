import { trpc } from "@intake/client/react";
import type { SearchArea } from "@intake/core/leads/schema";
import { readSearch, type SearchFilters } from "@intake/core/search/schema";
import type { Ref } from "react";
import { useZone } from "../time/clock";
import { momentOf } from "../time/days";
import type { ListPlace } from "./leads-address";
import { areaPlaceholders, readTyped } from "./search-area";
import { SearchBox } from "./search-box";
import { complete, isUnfinished, suggest } from "./search-suggestions";

interface LeadsSearchProps {
  place: ListPlace;
  /** Where this person's searches look. */
  area: SearchArea;
  onSearch: (change: Partial<ListPlace>) => void;
  inputRef: Ref<HTMLInputElement>;
}

/** The list's search: what is typed as an operator becomes a filter beside the box. */
export function LeadsSearch({ place, area, onSearch, inputRef }: LeadsSearchProps) {
  const zone = useZone();
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { staleTime: 60_000 }).data ?? [];

  return (
    <SearchBox
      value={place.q ?? ""}
      onSearch={(typed) => onSearch({ in: place.in, ...placeOf(typed, zone) })}
      inputRef={inputRef}
      label="Search leads"
      placeholder={areaPlaceholders[area]}
      completion={{ suggest: (text) => suggest(text, colleagues), complete, isUnfinished }}
    />
  );
}

/** What is typed as a place in the list: operators become filters, the rest is searched for. */
export function placeOf(typed: string, zone: string): Partial<ListPlace> {
  const { q: words, area } = readTyped(typed);
  const { q, filters } = readSearch(words);
  return { ...(area && { in: area }), ...inZone(filters, zone), q: q || undefined };
}

/** Days that somebody types are days where they are. */
function inZone(filters: SearchFilters, zone: string): Partial<ListPlace> {
  const { createdFrom, createdTo, reachedFrom, reachedTo, ...others } = filters;
  return {
    ...others,
    ...(createdFrom && { createdFrom: momentOf(createdFrom, zone, "from") }),
    ...(createdTo && { createdTo: momentOf(createdTo, zone, "to") }),
    ...(reachedFrom && { reachedFrom: momentOf(reachedFrom, zone, "from") }),
    ...(reachedTo && { reachedTo: momentOf(reachedTo, zone, "to") }),
  };
}
