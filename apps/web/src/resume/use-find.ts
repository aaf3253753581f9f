import { useState } from "react";

/** The search inside a resume: whether it is open, and for what. */
export interface Find {
  isOpen: boolean;
  term: string;
  /** Grows with each wish to type a term. */
  focusWish: number;
  /** The term came with the address; when it is nowhere, it was about something else than the resume. */
  isGiven: boolean;
  open: () => void;
  close: () => void;
  change: (term: string) => void;
}

/** Starts with a term that the list was searched for, if it was. */
export function useFind(givenTerm: string): Find {
  const [state, setState] = useState({
    isOpen: givenTerm !== "",
    term: givenTerm,
    focusWish: 0,
    isGiven: givenTerm !== "",
  });
  return {
    ...state,
    open: () => setState((before) => ({ ...before, isOpen: true, focusWish: before.focusWish + 1 })),
    close: () => setState((before) => ({ ...before, isOpen: false, isGiven: false })),
    change: (term) => setState((before) => ({ ...before, term, isGiven: false })),
  };
}

/** Moves through a number of hits, around the ends; starts anew with each other search. */
export function useHitIndex(search: string, count: number) {
  const [place, setPlace] = useState({ search, index: 0 });
  const index = place.search === search && place.index < count ? place.index : 0;
  const move = (direction: 1 | -1) => {
    if (count > 0) setPlace({ search, index: (index + direction + count) % count });
  };
  return { index, move };
}
