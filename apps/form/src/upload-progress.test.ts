import { describe, expect, it } from "vitest";
import { announceProgress, percentSent } from "./upload-progress";

const at = (percent: number) => ({ sentBytes: percent * 10, totalBytes: 1000 });

describe("announceProgress", () => {
  it("speaks at most once per quarter", () => {
    const said = new Set(Array.from({ length: 101 }, (_, percent) => announceProgress(at(percent))));
    expect([...said]).toEqual([
      "Sending.",
      "25 percent sent.",
      "50 percent sent.",
      "75 percent sent.",
      "All sent. Waiting for the receipt.",
    ]);
  });
});

describe("percentSent", () => {
  it("is 0 before anything is known and never rounds up to done", () => {
    expect(percentSent(null)).toBe(0);
    expect(percentSent({ sentBytes: 0, totalBytes: 0 })).toBe(0);
    expect(percentSent({ sentBytes: 999, totalBytes: 1000 })).toBe(99);
  });
});
