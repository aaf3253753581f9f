import { type ListLeads, listLeadsSchema } from "@intake/core/leads/schema";
import { readParameters } from "@intake/core/views/policy";
import { z } from "zod";

/** What the address bar of the list may hold: the list's own schema plus the page's number, which only labels it, and the way it is shown. */
export const placeSchema = listLeadsSchema.extend({
  page: z.coerce.number().int().min(1).default(1),
  view: z.enum(["table", "board"]).default("table"),
});

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
  const { value, ignored } = readParameters(placeSchema, address);
  return { place: value, ignored: keys.filter((key) => ignored.includes(key)) };
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

/** The question for the server; beside a cursor the page's number only labels it. */
export function toQuery({ page, view: _, ...query }: ListPlace): ListLeads {
  return query.cursor === undefined && page > 1 ? { ...query, page } : query;
}

/** Another filter or sort starts at the first page again (detail 4.36). */
export function changePlace(place: ListPlace, change: Partial<ListPlace>): LeadsAddress {
  return toAddress({ ...place, cursor: undefined, page: undefined, ...change });
}

/** What shapes a list without narrowing it. */
const shapes: readonly Key[] = ["in", "sort", "order", "limit", "cursor", "page", "view"];

/** Whether anything narrows the list. */
export function isFiltered(place: ListPlace): boolean {
  return keys.some((key) => !shapes.includes(key) && place[key] !== undefined && place[key] !== "");
}

/** Whether the list begins with the newest lead there is. */
export function isNewestFirst(place: ListPlace): boolean {
  return (
    place.sort === "createdAt" && place.order === "desc" && place.cursor === undefined && !isFiltered(place)
  );
}

/** The same place without anything that narrows it; sort, page size and the way it is shown stay. */
export function clearFilters({ sort, order, limit, view }: ListPlace): LeadsAddress {
  return toAddress({ sort, order, limit, view });
}

const parameterWords: Record<Key, string> = {
  answered: "answer",
  waitFrom: "shortest wait",
  waitTo: "longest wait",
  q: "search",
  in: "search area",
  name: "name",
  email: "email",
  status: "status",
  createdFrom: "first day",
  createdTo: "last day",
  reachedFrom: "first day of contact",
  reachedTo: "last day of contact",
  assignee: "colleague",
  source: "source",
  scan: "check",
  mail: "mail",
  hasResume: "resume",
  hasNote: "notes",
  unread: "unread mark",
  late: "lateness",
  view: "way of showing",
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
