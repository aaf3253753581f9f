import { type ListLeads, listLeadsSchema } from "@intake/core/leads/schema";
import { z } from "zod";

/** What the address bar of the list may hold: the list's own schema plus the page's number, which only labels it. */
const placeSchema = listLeadsSchema.extend({ page: z.coerce.number().int().min(1).default(1) });

export type ListPlace = z.output<typeof placeSchema>;
type Key = keyof ListPlace;

/** The address as it stands, unchecked: kept so that a wrong value can be shown to the person who followed the link. */
export type LeadsAddress = Partial<Record<Key, string>>;

const keys = Object.keys(placeSchema.shape).filter((key): key is Key => key in placeSchema.shape);
const defaults = placeSchema.parse({});

/** Keeps the parameters we know, as text: the router turns `q=123` into a number, we take it back. */
export function pickAddress(raw: Record<string, unknown>): LeadsAddress {
  const address: LeadsAddress = {};
  for (const key of keys) {
    const value = raw[key];
    if (["string", "number", "boolean"].includes(typeof value) && value !== "") address[key] = String(value);
  }
  return address;
}

/** What a lead's own address keeps of the list: the search, for which its resume shows where it was found. */
export function pickSearchTerm(raw: Record<string, unknown>): { q?: string } {
  const { q } = pickAddress(raw);
  return q === undefined ? {} : { q };
}

/** Checks each parameter by the schema; a wrong one falls back to its default and is named. */
export function readAddress(address: LeadsAddress): { place: ListPlace; ignored: Key[] } {
  const whole = placeSchema.safeParse(address);
  if (whole.success) return { place: whole.data, ignored: [] };
  const ignored = keys.filter((key) => whole.error.issues.some((issue) => issue.path[0] === key));
  const kept = Object.fromEntries(
    Object.entries(address).filter(([key]) => !ignored.some((bad) => bad === key)),
  );
  return { place: placeSchema.parse(kept), ignored };
}

/** The shortest address of a place: defaults are left out. */
export function toAddress(place: Partial<ListPlace>): LeadsAddress {
  const address: LeadsAddress = {};
  for (const key of keys) {
    const value = place[key];
    if (value !== undefined && value !== "" && value !== defaults[key]) address[key] = String(value);
  }
  return address;
}

/** The question for the server. */
export function toQuery({ page: _, ...query }: ListPlace): ListLeads {
  return query;
}

/** Another filter or sort starts at the first page again (detail 4.36). */
export function changePlace(place: ListPlace, change: Partial<ListPlace>): LeadsAddress {
  return toAddress({ ...place, cursor: undefined, page: undefined, ...change });
}

/** Whether anything narrows the list. */
export function isFiltered(place: ListPlace): boolean {
  return [place.q, place.name, place.email, place.status, place.createdFrom, place.createdTo].some(Boolean);
}

/** The same place without anything that narrows it; sort and page size stay. */
export function clearFilters({ sort, order, limit }: ListPlace): LeadsAddress {
  return toAddress({ sort, order, limit });
}

const parameterWords: Record<Key, string> = {
  q: "search",
  in: "search area",
  name: "name",
  email: "email",
  status: "status",
  createdFrom: "first day",
  createdTo: "last day",
  sort: "sort",
  order: "direction",
  limit: "page size",
  cursor: "page",
  page: "page",
};

/** One sentence about the parameters that were not understood. */
export function describeIgnored(ignored: Key[], address: LeadsAddress): string {
  const parts = [...new Set(ignored)].map((key) => `${parameterWords[key]} “${shorten(address[key] ?? "")}”`);
  return `The address asks for the ${parts.join(" and the ")}, which this list does not know. Everything else is as asked.`;
}

function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
