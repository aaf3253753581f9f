/** How the office's numbers are worked out. Browser-safe and pure. */
import { fewestSamples, type Rate, type ReportPeriod, type Wait } from "./schema";

/** Into how many equal parts of whole days a period is cut for its line. */
export const trendPoints: Record<ReportPeriod, number> = { 7: 7, 30: 10, 90: 10 };

/** A share that is only told when there are enough cases for it to mean something. */
export function rateOf(good: number, all: number): Rate {
  return { good, all, share: all < fewestSamples ? null : good / all };
}

/** A share for a line in a small picture, where any number of cases may make a point. */
export function roughShare(good: number, all: number): number | null {
  return all === 0 ? null : good / all;
}

/** So many leads that waited so many business minutes. */
export interface WaitCount {
  minutes: number;
  leads: number;
}

/** Median and ninth decile of waits: the smallest wait within which that part of the leads was reached (nearest rank). */
export function summarizeWaits(waits: readonly WaitCount[]): Wait {
  const sorted = [...waits].sort((left, right) => left.minutes - right.minutes);
  const samples = sorted.reduce((sum, { leads }) => sum + leads, 0);
  if (samples < fewestSamples) return { samples, median: null, ninth: null };
  return { samples, median: quantile(sorted, samples * 0.5), ninth: quantile(sorted, samples * 0.9) };
}

/** The median of however few waits, for a point of a line; null without any. */
export function roughMedian(waits: readonly WaitCount[]): number | null {
  const sorted = [...waits].sort((left, right) => left.minutes - right.minutes);
  return quantile(sorted, sorted.reduce((sum, { leads }) => sum + leads, 0) * 0.5);
}

function quantile(sorted: readonly WaitCount[], rank: number): number | null {
  let counted = 0;
  for (const { minutes, leads } of sorted) {
    counted += leads;
    if (counted >= rank) return minutes;
  }
  return null;
}

const usualEdges = [30, 60, 120, 180, 240, 300, 480, 960];

/** Bars of a histogram of waits. The target is always an edge, so that a bar is in time or late as a whole. */
export function histogram(
  waits: readonly WaitCount[],
  targetMinutes: number,
): { from: number; to: number | null; leads: number }[] {
  const edges = [...new Set([...usualEdges, targetMinutes])].sort((left, right) => left - right);
  return [0, ...edges].map((from, index) => {
    const to = edges[index] ?? null;
    const within = waits.filter(({ minutes }) => minutes >= from && (to === null || minutes < to));
    return { from, to, leads: within.reduce((sum, { leads }) => sum + leads, 0) };
  });
}

/** The sums of equal parts of a row of numbers, which can be cut into so many. */
export function sumParts(values: readonly number[], parts: number): number[] {
  const size = values.length / parts;
  return Array.from({ length: parts }, (_, part) =>
    values
      .slice(Math.round(part * size), Math.round((part + 1) * size))
      .reduce((sum, value) => sum + value, 0),
  );
}
