import type { LeadPage } from "@intake/core/leads/schema";
import { useSyncExternalStore } from "react";
import { forgetTrail, keepTrail, recallTrail } from "./kept-trail";
import type { LeadsAddress, ListPlace } from "./leads-address";

/**
 * The list as it was when a lead was opened: the way back, and the order for next and previous. A snapshot on purpose:
 * a lead that leaves the filter by being marked must not take its neighbours with it. It outlives a reload of its tab.
 */
export interface LeadTrail {
  address: LeadsAddress;
  place: ListPlace;
  ids: string[];
  /** Those of them that the search found by their resume. */
  idsByResume: string[];
  /** Of the last page in `ids`. */
  nextCursor: string | null;
  /** Of the first page in `ids`. */
  prevCursor: string | null;
  /** How many leads of the list come before `ids[0]`; null when the address did not tell. */
  offset: number | null;
  total: number;
  totalIsExact: boolean;
  /** The lead opened last; the list highlights it again. */
  currentId: string;
}

/** Undefined until somebody asks whether this tab keeps one. */
let trail: LeadTrail | null | undefined;
const listeners = new Set<() => void>();

export function setTrail(next: LeadTrail | null): void {
  trail = next;
  if (next) keepTrail(next);
  else forgetTrail();
  for (const listener of listeners) listener();
}

/** Remembers the page from which a lead is opened. */
export function startTrail(
  from: { address: LeadsAddress; place: ListPlace; page: LeadPage },
  leadId: string,
): void {
  const { page, ...list } = from;
  setTrail({
    ...list,
    ids: page.items.map((lead) => lead.id),
    idsByResume: idsByResume(page),
    nextCursor: page.nextCursor,
    prevCursor: page.prevCursor,
    offset: offsetOf(list.place, page),
    total: page.total,
    totalIsExact: page.totalIsExact,
    currentId: leadId,
  });
}

/** The leads of a page that the search found by their resume. */
export function idsByResume(page: LeadPage): string[] {
  return page.items.filter((lead) => lead.excerpt).map((lead) => lead.id);
}

/** The search to go on with in a lead's resume; none for a lead that was not found there. */
export function termFor({ idsByResume, place }: LeadTrail, leadId: string): { q?: string } {
  return place.q && idsByResume.includes(leadId) ? { q: place.q } : {};
}

/** How many leads come before this page; unknown for a shared link into the middle without a page number. */
export function offsetOf(place: ListPlace, page: Pick<LeadPage, "page">): number | null {
  if (page.page !== null) return (page.page - 1) * place.limit;
  if (place.cursor === undefined) return 0;
  return place.page > 1 ? (place.page - 1) * place.limit : null;
}

export function readTrail(): LeadTrail | null {
  if (trail === undefined) trail = recallTrail();
  return trail;
}

export function useTrail(): LeadTrail | null {
  return useSyncExternalStore(subscribe, readTrail);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
