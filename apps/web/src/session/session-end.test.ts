import { expect, test } from "vitest";
import { countdown, nearingEnd, spokenCountdown } from "./session-end";

const minute = 60_000;
const at = (now: number, absoluteEnd = Number.POSITIVE_INFINITY) =>
  nearingEnd({ now, lastAt: 0, absoluteEnd });

test("is announced two minutes ahead, to the second", () => {
  expect(at(28 * minute - 1_000)).toBeNull();
  expect(at(28 * minute)).toEqual({ kind: "idle", secondsLeft: 120 });
  expect(at(30 * minute - 1)).toEqual({ kind: "idle", secondsLeft: 1 });
  expect(at(30 * minute)).toEqual({ kind: "idle", secondsLeft: 0 });
  expect(at(500 * minute)).toEqual({ kind: "idle", secondsLeft: 0 });
});

test("comes no later than the absolute end", () => {
  expect(at(9 * minute, 10 * minute)).toEqual({ kind: "absolute", secondsLeft: 60 });
});

test("is counted down for eyes each second, for ears seldom", () => {
  expect([120, 65, 9].map(countdown)).toEqual(["2:00", "1:05", "0:09"]);
  const spoken = Array.from({ length: 120 }, (_, index) => spokenCountdown(120 - index));
  expect(new Set(spoken).size).toBe(4);
});
