import { expect, test } from "vitest";
import {
  dayInWords,
  describeWeek,
  minutesInWords,
  percent,
  perDay,
  placeAndZone,
  waitInWords,
} from "./figures";

test.each([
  [0, "0 m"],
  [35, "35 m"],
  [60, "1 h"],
  [134, "2 h 14 m"],
  [425, "7 h 05 m"],
  [6015, "100 h"],
  [90_061, "1,501 h"],
])("%i minutes are %s", (minutes, words) => {
  expect(minutesInWords(minutes)).toBe(words);
});

test.each([
  [0, "0"],
  [0.0181, "1.8"],
  [0.5, "50"],
  [0.875, "88"],
  [0.9, "90"],
  [0.986, "98.6"],
  [0.9996, "99.9"],
  [1, "100"],
])("%d is %s %%", (share, words) => {
  expect(percent(share)).toBe(words);
});

test("leads a day have one decimal", () => {
  expect([perDay(312, 30), perDay(0, 7), perDay(30, 30)]).toEqual(["10.4", "0.0", "1.0"]);
});

test("the week in words", () => {
  const office: [number, number][] = [[540, 1050]];
  expect(describeWeek({ week: [[], office, office, office, office, office, []] })).toBe(
    "Mon–Fri 09:00–17:30",
  );
  expect(
    describeWeek({
      week: [
        [],
        office,
        office,
        [
          [480, 720],
          [780, 1440],
        ],
        [],
        office,
        office,
      ],
    }),
  ).toBe("Mon–Tue 09:00–17:30, Wed 08:00–12:00 and 13:00–24:00, Fri–Sat 09:00–17:30");
  expect(describeWeek({ week: [[], [], [], [], [], [], []] })).toBe("day and night");
});

test("place and zone, with both of its names where there are two", () => {
  const at = new Date("2026-11-24T09:00:00Z");
  expect(placeAndZone(at, "Europe/London")).toBe("London (GMT/BST)");
  expect(placeAndZone(at, "Asia/Ho_Chi_Minh")).toBe("Ho Chi Minh (GMT+7)");
  expect(placeAndZone(at, "UTC")).toBe("UTC");
});

test("bars of waits", () => {
  const words = [
    { from: 0, to: 30 },
    { from: 30, to: 60 },
    { from: 60, to: 120 },
    { from: 240, to: 270 },
    { from: 960, to: null },
  ].map(waitInWords);
  expect(words).toEqual(["under 30 m", "30–60 m", "1–2 h", "4 h – 4 h 30 m", "over 16 h"]);
});

test("a day of the office is that day for every reader", () => {
  expect([dayInWords("2026-11-24"), dayInWords("2026-03-01", "long")]).toEqual(["24 Nov", "Sun 1 Mar"]);
});
