import fc from "fast-check";
import { expect, test } from "vitest";
import { histogram, rateOf, roughMedian, summarizeWaits, sumParts, type WaitCount } from "./policy";
import { askReportSchema } from "./schema";

const waits = fc.array(fc.record({ minutes: fc.nat(3000), leads: fc.integer({ min: 1, max: 5 }) }), {
  maxLength: 60,
});
const spread = (counts: WaitCount[]) =>
  counts.flatMap(({ minutes, leads }) => Array<number>(leads).fill(minutes)).sort((a, b) => a - b);

test("a share of fewer than twenty is not told", () => {
  expect(rateOf(19, 19)).toEqual({ good: 19, all: 19, share: null });
  expect(rateOf(15, 20)).toEqual({ good: 15, all: 20, share: 0.75 });
  expect(rateOf(0, 0)).toEqual({ good: 0, all: 0, share: null });
});

test("median and ninth decile are the waits of real leads, by their rank", () => {
  fc.assert(
    fc.property(waits, (counts) => {
      const all = spread(counts);
      const { samples, median, ninth } = summarizeWaits(counts);
      expect(samples).toBe(all.length);
      expect(median).toBe(all.length < 20 ? null : all[Math.ceil(all.length * 0.5) - 1]);
      expect(ninth).toBe(all.length < 20 ? null : all[Math.ceil(all.length * 0.9) - 1]);
      expect(roughMedian(counts)).toBe(all[Math.ceil(all.length * 0.5) - 1] ?? null);
    }),
  );
});

test("every wait is in exactly one bar, and no bar is both in time and late", () => {
  fc.assert(
    fc.property(waits, fc.integer({ min: 1, max: 2000 }), (counts, target) => {
      const bars = histogram(counts, target);
      expect(bars.reduce((sum, { leads }) => sum + leads, 0)).toBe(spread(counts).length);
      for (const [index, { to }] of bars.entries()) expect(bars[index + 1]?.from ?? null).toBe(to);
      expect(bars.some(({ from }) => from === target)).toBe(true);
    }),
  );
  expect(histogram([{ minutes: 300, leads: 2 }], 300).find(({ from }) => from === 300)?.leads).toBe(2);
});

test("parts keep the sum", () => {
  expect(sumParts([1, 2, 3, 4, 5, 6], 3)).toEqual([3, 7, 11]);
});

test.each([{ days: 8 }, { days: "7" }, { days: -7 }, { days: 7, more: 1 }, { days: [7] }])(
  "%j is no question",
  (input) => {
    expect(askReportSchema.safeParse(input).success).toBe(false);
  },
);
