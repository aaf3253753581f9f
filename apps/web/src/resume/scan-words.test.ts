import { scanStates } from "@intake/core/resumes/schema";
import { expect, test } from "vitest";
import { describeFile, describeScan, shortHash } from "./scan-words";

const resume = {
  id: "0193f5a0-0000-7000-8000-000000000002",
  fileName: "cv.doc",
  format: "DOC" as const,
  sizeBytes: 1_887_437,
  sha256: "9f3a21c7aa",
  scanState: "CLEAN" as const,
  scanReason: null,
};

test("only a clean file, or one nobody is there to check, may be opened", () => {
  expect(scanStates.filter((state) => describeScan(state).mayOpen)).toEqual(["UNSCANNED", "CLEAN"]);
});

test("the state replaces the size when it matters more", () => {
  expect(describeFile(resume)).toBe("DOC, 1.8 MB");
  expect(describeFile({ ...resume, scanState: "INFECTED" })).toBe("DOC, infected");
});

test("the short hash is the receipt's", () => {
  expect(shortHash(resume.sha256)).toBe("9F3A 21C7");
});

test("a lock says why, where that is known", () => {
  expect(describeScan("INFECTED", "Win.Test").sentence).toContain("malware (Win.Test) and stays locked.");
  expect(describeScan("UNSCANNABLE", "It is encrypted.").sentence).toBe(
    "This file stays locked: It is encrypted. Ask the person for another copy.",
  );
  expect(describeScan("UNSCANNABLE", null).sentence).toContain("could not be checked");
});
