/** The words of the search box that stand for filters, such as `status:pending before:2026-01-01`. Browser-safe. */
import { type ListLeads, listLeadsSchema } from "../leads/schema";

type FilterKey = Exclude<keyof ListLeads, "q" | "sort" | "order" | "limit" | "cursor" | "page">;
/** Filters as `listLeadsSchema` takes them. */
export type SearchFilters = { -readonly [Key in FilterKey]?: ListLeads[Key] };

interface OperatorValue {
  /** As it is typed. */
  value: string;
  /** What it does, for people. */
  words: string;
  filters: SearchFilters;
}

/** One word before a colon. */
export interface SearchOperator {
  name: string;
  /** What it does, for people. */
  words: string;
  /** Values to choose from; anything of `kind` is taken too. */
  values: readonly OperatorValue[];
  kind?: "day" | "text" | "person";
}

/** All operators, in the order in which a list of them is read. */
export const searchOperators: readonly SearchOperator[] = [
  {
    name: "status",
    words: "Where a lead stands",
    values: [
      { value: "pending", words: "Nobody has reached out yet", filters: { status: "PENDING" } },
      { value: "reached-out", words: "Somebody has reached out", filters: { status: "REACHED_OUT" } },
    ],
  },
  {
    name: "is",
    words: "Unread, read or late",
    values: [
      { value: "unread", words: "You have not read it", filters: { unread: true } },
      { value: "read", words: "You have read it", filters: { unread: false } },
      { value: "late", words: "Past the promised answer", filters: { late: true } },
    ],
  },
  {
    name: "assignee",
    words: "Who is in charge",
    kind: "person",
    values: [
      { value: "me", words: "You", filters: { assignee: "me" } },
      { value: "nobody", words: "Nobody yet", filters: { assignee: "nobody" } },
    ],
  },
  { name: "from", words: "Address, or a part of it", kind: "text", values: [] },
  { name: "name", words: "Only in names", kind: "text", values: [] },
  { name: "before", words: "Received before a day", kind: "day", values: [] },
  { name: "after", words: "Received on a day or later", kind: "day", values: [] },
  { name: "reached-before", words: "Reached out before a day", kind: "day", values: [] },
  { name: "reached-after", words: "Reached out on a day or later", kind: "day", values: [] },
  {
    name: "in",
    words: "Where to look",
    values: [
      { value: "resume", words: "Only in resumes", filters: { in: "resume" } },
      { value: "person", words: "Only in names and addresses", filters: { in: "person" } },
    ],
  },
  {
    name: "has",
    words: "What it comes with",
    values: [
      { value: "resume", words: "A resume that can be opened", filters: { hasResume: true } },
      { value: "note", words: "A note by a colleague", filters: { hasNote: true } },
    ],
  },
  {
    name: "no",
    words: "What is missing",
    values: [
      { value: "resume", words: "Its resume cannot be opened", filters: { hasResume: false } },
      { value: "note", words: "Nobody wrote a note", filters: { hasNote: false } },
    ],
  },
  {
    name: "scan",
    words: "What the check of the resume said",
    values: [
      { value: "clean", words: "Nothing was found", filters: { scan: "CLEAN" } },
      { value: "waiting", words: "Still to be checked", filters: { scan: "PENDING" } },
      { value: "infected", words: "Malware was found", filters: { scan: "INFECTED" } },
      { value: "locked", words: "It could not be checked", filters: { scan: "UNSCANNABLE" } },
      { value: "unscanned", words: "No scanner looked at it", filters: { scan: "UNSCANNED" } },
    ],
  },
  {
    name: "mail",
    words: "What became of the receipt",
    values: [
      { value: "sent", words: "It was sent", filters: { mail: "SENT" } },
      { value: "queued", words: "It waits to be sent", filters: { mail: "QUEUED" } },
      { value: "sending", words: "It is being sent", filters: { mail: "SENDING" } },
      { value: "failed", words: "It could not be delivered", filters: { mail: "FAILED" } },
      { value: "suppressed", words: "The address takes no mail", filters: { mail: "SUPPRESSED" } },
    ],
  },
  {
    name: "source",
    words: "The door it came through",
    values: [
      { value: "form", words: "The public form", filters: { source: "FORM" } },
      { value: "api", words: "A program", filters: { source: "API" } },
    ],
  },
];

/** How a filter is read from what stands after the colon, and written there; null when it cannot be. */
interface Spelling {
  read(value: string): string;
  write(value: string): string | null;
}

const asTyped: Spelling = { read: same, write: same };
const firstDay: Spelling = { read: same, write: onlyDay };
/** A filter names the last day that counts, a person the first that does not. */
const dayAfterLast: Spelling = { read: (day) => shiftDay(day, -1), write: nextDay };

/** The filter that an operator with a free value sets; days are whole days (UTC). */
const freeFilters: Record<string, Spelling & { key: FilterKey }> = {
  from: { key: "email", ...asTyped },
  name: { key: "name", ...asTyped },
  assignee: { key: "assignee", ...asTyped },
  after: { key: "createdFrom", ...firstDay },
  before: { key: "createdTo", ...dayAfterLast },
  "reached-after": { key: "reachedFrom", ...firstDay },
  "reached-before": { key: "reachedTo", ...dayAfterLast },
};

const wordPattern = /(?<name>[a-z-]+):(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))(?=\s|$)|"[^"]*"?|[^\s"]+/giu;

/**
 * Takes the operators out of what somebody typed: what is left is the search itself. What is no operator, or has a value that it does
 * not know, stays a word. Of two that contradict each other the later counts.
 */
export function readSearch(text: string): { q: string; filters: SearchFilters } {
  const filters: SearchFilters = {};
  let q = "";
  let end = 0;
  for (const match of text.matchAll(wordPattern)) {
    const { name, quoted, bare } = match.groups ?? {};
    const found = name === undefined ? null : readOperator(name.toLowerCase(), quoted ?? bare ?? "");
    if (!found) continue;
    Object.assign(filters, found);
    q = joinWords(q, text.slice(end, match.index));
    end = match.index + match[0].length;
  }
  return { q: end === 0 ? text : joinWords(q, text.slice(end)), filters };
}

/** The text that `readSearch` reads so; filters without a word of their own are left out. */
export function writeSearch({ q, filters }: { q: string; filters: SearchFilters }): string {
  const words = searchOperators.flatMap(({ name, values }) => {
    const chosen = values
      .filter((value) =>
        Object.entries(value.filters).every(([key, wanted]) => Reflect.get(filters, key) === wanted),
      )
      .map(({ value }) => value);
    const free = chosen.length === 0 ? writeFree(name, filters) : null;
    const written = free === null ? chosen : [free];
    return written.map((word) => `${name}:${/\s/.test(word) ? `"${word}"` : word}`);
  });
  // What reads like an operator was a word: in quotes it stays one.
  const literal = q.replace(wordPattern, (word) => {
    const isOperator = Object.keys(readSearch(word).filters).length > 0;
    return isOperator ? `"${word.replaceAll('"', "")}"` : word;
  });
  return [...words, literal].filter((word) => word !== "").join(" ");
}

function readOperator(name: string, value: string): SearchFilters | null {
  const operator = searchOperators.find((each) => each.name === name);
  const chosen = operator?.values.find((each) => each.value === value.toLowerCase());
  if (chosen) return chosen.filters;
  const free = Object.hasOwn(freeFilters, name) ? freeFilters[name] : undefined;
  if (!free || value === "" || (operator?.kind === "day" && !isDay(value))) return null;
  const parsed = listLeadsSchema.safeParse({ [free.key]: free.read(value) });
  return parsed.success ? { [free.key]: parsed.data[free.key] } : null;
}

function writeFree(name: string, filters: SearchFilters): string | null {
  const free = freeFilters[name];
  const value = free && filters[free.key];
  const written = free && typeof value === "string" ? free.write(value) : null;
  return written === "" || written?.includes('"') ? null : written;
}

function joinWords(...parts: string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(" ");
}

function same(value: string): string {
  return value;
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

function onlyDay(value: string): string | null {
  return isDay(value) ? value : null;
}

function nextDay(value: string): string | null {
  return isDay(value) ? shiftDay(value, 1) : null;
}

function shiftDay(day: string, days: number): string {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
