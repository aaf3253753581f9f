import { expect, test } from "vitest";
import { dayOf, momentOf, shiftDay, startOfDay } from "./days";

test.each([
  ["2026-11-24", "Europe/London", "2026-11-24T00:00:00.000Z"],
  ["2026-07-01", "Europe/London", "2026-06-30T23:00:00.000Z"],
  ["2026-11-24", "Pacific/Tongatapu", "2026-11-23T11:00:00.000Z"],
  ["2026-11-24", "America/New_York", "2026-11-24T05:00:00.000Z"],
  // The days on which the clocks change.
  ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z"],
  ["2026-03-30", "Europe/London", "2026-03-29T23:00:00.000Z"],
  ["2026-10-25", "Europe/London", "2026-10-24T23:00:00.000Z"],
  ["2026-10-26", "Europe/London", "2026-10-26T00:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-03-09", "America/New_York", "2026-03-09T04:00:00.000Z"],
])("%s begins in %s at %s", (day, zone, moment) => {
  expect(startOfDay(day, zone).toISOString()).toBe(moment);
});

test("a span of days comes back as the same days", () => {
  for (const zone of ["Europe/London", "Pacific/Tongatapu", "America/New_York"]) {
    expect(dayOf(momentOf("2026-10-25", zone, "from"), zone, "from")).toBe("2026-10-25");
    expect(dayOf(momentOf("2026-10-25", zone, "to"), zone, "to")).toBe("2026-10-25");
  }
  expect(dayOf("2026-10-25", "Asia/Tokyo", "to")).toBe("2026-10-25");
});

test("days shift over months", () => {
  expect(shiftDay("2026-03-01", -1)).toBe("2026-02-28");
});
