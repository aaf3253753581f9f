import type { LeadItem, ListLeads } from "@intake/core/leads/schema";
import { useState } from "react";
import type { LeadSelection } from "./selection";

interface Chosen {
  /** The list it was chosen from: another filter or sort begins anew. */
  list: string;
  ids: ReadonlySet<string>;
  /** All that match, except `ids`. */
  isMatching: boolean;
  /** Where a range begins. */
  anchor: string | null;
}

const none: ReadonlySet<string> = new Set();

/** Which leads of a list are chosen: one by one, by ranges, all that are loaded, or all that match. */
export function useSelection(leads: LeadItem[], query: ListLeads) {
  const list = JSON.stringify({ ...query, cursor: undefined, page: undefined, limit: undefined });
  const [chosen, setChosen] = useState<Chosen>({ list, ids: none, isMatching: false, anchor: null });
  const { ids, isMatching, anchor } =
    chosen.list === list ? chosen : { ids: none, isMatching: false, anchor: null };
  const has = (id: string) => ids.has(id) !== isMatching;

  function toggle(id: string, isRange = false): void {
    const becomesChosen = !has(id);
    const next = new Set(ids);
    for (const each of isRange ? idsBetween(leads, anchor ?? id, id) : [id]) {
      if (becomesChosen === isMatching) next.delete(each);
      else next.add(each);
    }
    setChosen({ list, ids: next, isMatching, anchor: id });
  }

  const loaded = leads.filter((lead) => has(lead.id)).length;
  const except = [...ids];
  return {
    has,
    toggle,
    /** Every lead that is loaded, or none where all of them are chosen already. */
    toggleLoaded() {
      const next = loaded === leads.length ? none : new Set(leads.map((lead) => lead.id));
      setChosen({ list, ids: next, isMatching: false, anchor: null });
    },
    chooseMatching: () => setChosen({ list, ids: none, isMatching: true, anchor: null }),
    clear: () => setChosen({ list, ids: none, isMatching: false, anchor: null }),
    isMatching,
    /** How many single leads: chosen ones, or exceptions of all that match. */
    size: ids.size,
    ofLoaded: loaded === 0 ? "none" : loaded === leads.length ? "all" : "some",
    selection: toSelection(),
  } as const;

  function toSelection(): LeadSelection | null {
    if (isMatching)
      return { kind: "matching", query: { ...query, cursor: undefined, page: undefined }, except };
    return ids.size > 0 ? { kind: "ids", ids: except } : null;
  }
}

export type Selecting = ReturnType<typeof useSelection>;

function idsBetween(leads: LeadItem[], from: string, to: string): string[] {
  const [start, end] = [from, to]
    .map((id) => leads.findIndex((lead) => lead.id === id))
    .sort((left, right) => left - right);
  if (start === undefined || end === undefined || start === -1) return [to];
  return leads.slice(start, end + 1).map((lead) => lead.id);
}
