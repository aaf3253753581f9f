import { describe, expect, it } from "vitest";
import { describeLock, describeMoment, shortHash } from "./receipt-facts";

describe("describeMoment", () => {
  it.each([
    [
      "2026-11-24T09:14:00Z",
      "Europe/London",
      { moment: "Tuesday 24 November 2026, 09:14", zone: "London time (GMT)" },
    ],
    [
      "2026-07-01T23:30:00Z",
      "Europe/London",
      { moment: "Thursday 2 July 2026, 00:30", zone: "London time (BST)" },
    ],
    [
      "2026-11-24T11:00:00Z",
      "Pacific/Tongatapu",
      { moment: "Wednesday 25 November 2026, 00:00", zone: "Tongatapu time (GMT+13)" },
    ],
    [
      "2026-11-24T09:14:00Z",
      "America/New_York",
      { moment: "Tuesday 24 November 2026, 04:14", zone: "New York time (GMT-5)" },
    ],
    ["2026-11-24T09:14:00Z", "UTC", { moment: "Tuesday 24 November 2026, 09:14", zone: "UTC" }],
  ])("%s in %s", (iso, timeZone, words) => {
    expect(describeMoment(iso, timeZone)).toEqual(words);
  });
});

describe("shortHash", () => {
  it("groups the first eight digits", () => {
    expect(shortHash("9f3a21c7aabbcc")).toBe("9F3A 21C7");
  });
});

describe("describeLock", () => {
  it.each([
    ["CLEAN", null, null],
    ["PENDING", null, null],
    [
      "INFECTED",
      "Win.Test",
      "Our virus scanner stopped this file, so we cannot open it. Answer the mail we sent you and attach another copy, printed or saved as a new PDF.",
    ],
    [
      "UNSCANNABLE",
      "The document contains macros, which are programs.",
      "We could not open this file safely: The document contains macros, which are programs. Answer the mail we sent you and attach another copy, printed or saved as a new PDF.",
    ],
  ] as const)("of a file that is %s (%s)", (scanState, scanReason, words) => {
    expect(describeLock({ scanState, scanReason })).toBe(words);
  });
});
