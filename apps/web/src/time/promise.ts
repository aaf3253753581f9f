import type { Lead } from "@intake/core/leads/schema";

const minute = 60_000;
const hour = 60 * minute;
/** Beyond this the hours to count are mostly a closed office's: the moment itself says more. */
const longestSpan = 10 * hour;

/** How the office's promise to answer stands. */
export interface PromiseState {
  tone: "calm" | "soon" | "late";
  /** `4 h 20 m left`, `Late by 35 m`; null when only the moment is worth saying. */
  span: string | null;
  /** How much of the time has passed, 0 to 1. */
  passed: number;
}

/** Null for leads that nobody promised anything, and for those who have been reached. */
export function readPromise(
  lead: Pick<Lead, "status" | "createdAt" | "respondBy">,
  now: Date,
): PromiseState | null {
  if (lead.status !== "PENDING" || lead.respondBy === null) return null;
  const from = new Date(lead.createdAt).getTime();
  const until = new Date(lead.respondBy).getTime();
  const left = until - now.getTime();
  const passed = Math.min(1, Math.max(0, (now.getTime() - from) / Math.max(1, until - from)));
  const isNear = Math.abs(left) < longestSpan;
  if (left <= 0) return { tone: "late", span: isNear ? `Late by ${describeSpan(-left)}` : null, passed };
  const tone = left < hour ? "soon" : "calm";
  return { tone, span: isNear ? `${describeSpan(left)} left` : null, passed };
}

/** `4 h 20 m`, `35 m`, `0 m`: whole minutes of a stretch of milliseconds. */
export function describeSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / minute);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} m` : `${minutes} m`;
}
