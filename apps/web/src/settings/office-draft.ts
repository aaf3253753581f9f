import {
  type AssignmentMode,
  type OpenSpan,
  officeRulesSchema,
  type WrittenRules,
} from "@intake/core/office/schema";
import { clockTime } from "../home/figures";

/** Hours as they are typed; the id only tells rows apart. */
export interface DraftSpan {
  id: number;
  from: string;
  to: string;
}

/** The office's rules while somebody changes them. */
export interface OfficeDraft {
  /** The rules that were there when it began. */
  basis: WrittenRules;
  /** Sunday first, as in the rules. */
  week: DraftSpan[][];
  hours: string;
  minutes: string;
  mode: AssignmentMode;
}

/** What is to be mended before a draft can be kept: by weekday, and of the target. */
export interface DraftProblems {
  days: Partial<Record<number, string>>;
  target?: string | undefined;
}

let lastId = 0;

export function newSpan(from = "", to = ""): DraftSpan {
  lastId += 1;
  return { id: lastId, from, to };
}

export function copySpans(spans: DraftSpan[]): DraftSpan[] {
  return spans.map(({ from, to }) => newSpan(from, to));
}

export function startDraft(rules: WrittenRules): OfficeDraft {
  return {
    basis: rulesOf(rules),
    week: rules.week.map((spans) => spans.map(([from, to]) => newSpan(clockTime(from), clockTime(to)))),
    hours: String(Math.floor(rules.targetMinutes / 60)),
    minutes: String(rules.targetMinutes % 60),
    mode: rules.mode,
  };
}

/** The rules a draft means, checked by the server's own schema, or what is wrong with it. */
export function readDraft(draft: OfficeDraft): { rules: WrittenRules } | { problems: DraftProblems } {
  const targetMinutes = wholeNumber(draft.hours) * 60 + wholeNumber(draft.minutes);
  const week = draft.week.map((spans) =>
    spans
      .map(({ from, to }): OpenSpan => [minuteOfDay(from), minuteOfDay(to)])
      .sort((left, right) => left[0] - right[0]),
  );
  const read = officeRulesSchema.safeParse({ week, targetMinutes, mode: draft.mode });
  if (read.success) return { rules: read.data };
  const problems: DraftProblems = { days: {} };
  for (const { path, message } of read.error.issues) {
    const [field, day] = path;
    if (field === "targetMinutes") problems.target ??= message;
    if (field === "week" && typeof day === "number") problems.days[day] ??= message;
  }
  return { problems };
}

/** Minutes since midnight of `09:00`, `9`, `9.30` or `0930`; `24:00` is the day's end. NaN of anything else. */
export function minuteOfDay(text: string): number {
  const [, hours, minutes = "0"] = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim()) ?? [];
  const time = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && time <= 1440 ? time : Number.NaN;
}

function wholeNumber(text: string): number {
  const digits = text.trim();
  return /^\d{0,4}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** What of the office is decided together. */
export function rulesOf({ week, targetMinutes, mode }: WrittenRules): WrittenRules {
  return { week, targetMinutes, mode };
}

export function areSame(left: WrittenRules, right: WrittenRules): boolean {
  return JSON.stringify(rulesOf(left)) === JSON.stringify(rulesOf(right));
}
