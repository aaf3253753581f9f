import { expect, test } from "vitest";
import { knownZone } from "./formats";
import {
  describeMoment,
  describeWait,
  exactMoment,
  momentWithin,
  toTheSecond,
  zoneName,
  zoneWithPlace,
} from "./moments";

const now = new Date("2026-11-24T09:26:00Z");
const at = (iso: string, zone = "Europe/London", from = now) => describeMoment(new Date(iso), from, zone);

test.each([
  ["2026-11-24T09:25:30Z", "just now"],
  ["2026-11-24T09:27:00Z", "just now"],
  ["2026-11-24T09:25:00Z", "1 min ago"],
  ["2026-11-24T08:27:00Z", "59 min ago"],
  ["2026-11-24T06:02:00Z", "3 h ago"],
  ["2026-11-23T17:12:00Z", "yesterday 17:12"],
  ["2026-11-20T17:12:00Z", "20 Nov"],
  ["2025-11-20T17:12:00Z", "20 Nov 2025"],
])("%s is %s", (iso, words) => {
  expect(at(iso)).toBe(words);
});

test("yesterday is the reader's yesterday", () => {
  const lateUtc = new Date("2026-11-24T11:30:00Z");
  // Half past midnight of the 25th at UTC+13: what happened at noon of the 24th there was yesterday.
  expect(at("2026-11-23T23:00:00Z", "Pacific/Apia", lateUtc)).toBe("yesterday 12:00");
  expect(at("2026-11-23T23:00:00Z", "UTC", lateUtc)).toBe("yesterday 23:00");
});

test("a minute after midnight is minutes, not yesterday", () => {
  expect(at("2026-11-23T23:59:00Z", "UTC", new Date("2026-11-24T00:01:00Z"))).toBe("2 min ago");
});

test("both sides of the end of summer time carry their own zone", () => {
  expect(exactMoment(new Date("2026-10-25T00:30:00Z"), "Europe/London")).toBe("25 Oct 2026, 01:30 BST");
  expect(exactMoment(new Date("2026-10-25T01:30:00Z"), "Europe/London")).toBe("25 Oct 2026, 01:30 GMT");
  expect(zoneName(now, "Pacific/Apia")).toBe("GMT+13");
});

test("a moment near the present leaves out the day only when it is today", () => {
  const until = new Date("2026-11-24T23:30:00Z");
  expect(momentWithin(until, now, "Europe/London")).toBe("23:30 GMT");
  expect(momentWithin(until, now, "Asia/Kolkata")).toBe("Wed 25 Nov, 05:00 GMT+5:30");
});

test("to the second, single digits with their zero", () => {
  expect(toTheSecond(new Date("2026-11-24T09:14:07Z"), "Europe/London")).toBe("24 Nov 2026, 09:14:07 GMT");
  expect(toTheSecond(new Date("2026-11-24T09:14:00Z"), "Asia/Kolkata")).toBe(
    "24 Nov 2026, 14:44:00 GMT+5:30",
  );
});

test("midnight is 00, never 24", () => {
  expect(exactMoment(new Date("2026-11-24T00:05:00Z"), "UTC")).toBe("24 Nov 2026, 00:05 UTC");
});

test("zone with its place", () => {
  expect(zoneWithPlace(now, "Europe/London")).toBe("London, GMT");
  expect(zoneWithPlace(now, "Asia/Ho_Chi_Minh")).toBe("Ho Chi Minh, GMT+7");
  expect(zoneWithPlace(now, "UTC")).toBe("UTC");
});

test("an unknown zone is UTC, not a crash", () => {
  expect(knownZone("Mars/Olympus")).toBe("UTC");
  expect(knownZone("Europe/London")).toBe("Europe/London");
});

test.each([
  [0, "1 second"],
  [40, "40 seconds"],
  [61, "2 minutes"],
  [290, "5 minutes"],
  [3600, "1 hour"],
])("%i seconds to wait are %s", (seconds, words) => {
  expect(describeWait(seconds)).toBe(words);
});
