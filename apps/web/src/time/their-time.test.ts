import { expect, test } from "vitest";
import { theirTime } from "./their-time";

// A Tuesday.
const now = new Date("2026-11-24T09:26:00Z");
const read = (zone: string | null, at = now, own = "Europe/London") => theirTime(zone, at, own);

test.each([
  ["Asia/Ho_Chi_Minh", "16:26 in Ho Chi Minh", true],
  ["America/Los_Angeles", "01:26 in Los Angeles", false],
  ["Pacific/Kiritimati", "23:26 in Kiritimati", false],
  ["Asia/Kolkata", "14:56 in Kolkata", true],
  ["Europe/London", "09:26 in London", true],
])("%s: %s", (zone, words, isOfficeHours) => {
  expect(read(zone)).toEqual({ words, isOfficeHours });
});

test("another day there is named, and a weekend is no office hours", () => {
  const late = new Date("2026-11-27T23:30:00Z");
  expect(read("Asia/Tokyo", late)).toEqual({ words: "Saturday 08:30 in Tokyo", isOfficeHours: false });
  expect(read("Asia/Tokyo", new Date("2026-11-28T03:00:00Z"))?.isOfficeHours).toBe(false);
  expect(read("America/Bogota", new Date("2026-11-25T02:00:00Z"))?.words).toBe("Tuesday 21:00 in Bogota");
});

test("midnight is 00, and six in the evening is over", () => {
  expect(read("UTC", new Date("2026-11-24T00:05:00Z"))?.words).toBe("00:05 in UTC");
  expect(read("UTC", new Date("2026-11-24T17:59:00Z"))?.isOfficeHours).toBe(true);
  expect(read("UTC", new Date("2026-11-24T18:00:00Z"))?.isOfficeHours).toBe(false);
});

test("an unknown zone says nothing", () => {
  expect(read(null)).toBeNull();
  expect(read("Mars/Olympus")).toBeNull();
});
