import type { ActiveColleague } from "@intake/core/assignment/schema";
import type { ScanState } from "@intake/core/resumes/schema";
import { dayOf } from "../time/days";
import { dayWords } from "../time/moments";
import { describeSpan } from "../time/promise";
import { sourceWords } from "./lead-columns";
import type { ListPlace } from "./leads-address";

/** One filter in force: what it is about, what it asks, and the parameters that it takes. */
export interface FilterChip {
  label: string;
  value: string;
  keys: (keyof ListPlace)[];
}

export const scanWords: Record<ScanState, string> = {
  CLEAN: "Checked, clean",
  PENDING: "Being checked",
  INFECTED: "Malware found",
  UNSCANNABLE: "Could not be checked",
  UNSCANNED: "Not checked",
};

export const mailWords: Record<NonNullable<ListPlace["mail"]>, string> = {
  SENT: "Sent",
  QUEUED: "Waiting to be sent",
  SENDING: "Being sent",
  FAILED: "Failed",
  SUPPRESSED: "Held back",
  UNDELIVERED: "Undeliverable",
};

interface Surroundings {
  colleagues: Pick<ActiveColleague, "id" | "name">[];
  zone: string;
}

/** The filters of a place in words, in the order of the panel; status has its tabs and the search its box. */
export function describeFilters(place: ListPlace, { colleagues, zone }: Surroundings): FilterChip[] {
  const chips: (FilterChip | null)[] = [
    chip("Name", place.name, ["name"]),
    chip("Email is", place.email, ["email"]),
    chip("Answer", pick(place.late, "late", "not late"), ["late"]),
    chip("Answered", place.answered && (place.answered === "LATE" ? "late" : "in time"), ["answered"]),
    chip("Waited", describeWait(place), ["waitFrom", "waitTo"]),
    chip("With", describeAssignee(place.assignee, colleagues), ["assignee"]),
    chip("Received", describeDays(place.createdFrom, place.createdTo, zone), ["createdFrom", "createdTo"]),
    chip("Reached out", describeDays(place.reachedFrom, place.reachedTo, zone), ["reachedFrom", "reachedTo"]),
    chip("Resume", place.scan && scanWords[place.scan].toLowerCase(), ["scan"]),
    chip("Resume", pick(place.hasResume, "can be opened", "cannot be opened"), ["hasResume"]),
    chip("Receipt", place.mail && mailWords[place.mail].toLowerCase(), ["mail"]),
    chip("For you", pick(place.unread, "unread", "read"), ["unread"]),
    chip("Notes", pick(place.hasNote, "some", "none"), ["hasNote"]),
    chip("Came through", place.source && sourceWords[place.source], ["source"]),
  ];
  return chips.filter((each) => each !== null);
}

function chip(label: string, value: string | undefined, keys: FilterChip["keys"]): FilterChip | null {
  return value ? { label, value, keys } : null;
}

/** Words for yes and no, and for neither none. */
function pick(value: boolean | undefined, yes: string, no: string): string | undefined {
  return value === undefined ? undefined : value ? yes : no;
}

function describeAssignee(assignee: ListPlace["assignee"], colleagues: Surroundings["colleagues"]) {
  if (assignee === undefined || assignee === "me" || assignee === "nobody") return assignee;
  return colleagues.find(({ id }) => id === assignee)?.name ?? "a colleague who left";
}

function describeDays(from: string | undefined, to: string | undefined, zone: string): string | undefined {
  const first = from && dayOf(from, zone, "from");
  const last = to && dayOf(to, zone, "to");
  if (first && last) return first === last ? dayWords(first) : `${dayWords(first)} to ${dayWords(last)}`;
  if (first) return `from ${dayWords(first)}`;
  return last ? `to ${dayWords(last)}` : undefined;
}

function describeWait({ waitFrom, waitTo }: ListPlace): string | undefined {
  const span = (minutes: number) => describeSpan(minutes * 60_000);
  if (waitFrom !== undefined && waitTo !== undefined) return `${span(waitFrom)} to ${span(waitTo)}`;
  if (waitFrom !== undefined) return `${span(waitFrom)} or longer`;
  return waitTo === undefined ? undefined : `less than ${span(waitTo)}`;
}
