import { describe, expect, test } from "vitest";
import {
  acceptOf,
  defaultResumeLimits,
  describeRefusal,
  formatBytes,
  listFormats,
  resumeFormats,
  resumeRefusals,
} from "./schema";

const maxResumeBytes = defaultResumeLimits.maxBytes;

describe("formatBytes", () => {
  test.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [1023, "1023 bytes"],
    [1024, "1 KB"],
    [200 * 1024, "200 KB"],
    [maxResumeBytes, "5 MB"],
    [1.84 * 1024 * 1024, "1.8 MB"],
    [50 * 1024 ** 3, "50 GB"],
  ])("%d is %s", (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe("describeRefusal", () => {
  test.each(resumeRefusals)("%s has a sentence of its own that ends with what to do", (refusal) => {
    const sentence = describeRefusal(refusal, { name: "cv.pdf", sizeBytes: 10 });
    expect(sentence).toMatch(/\.$/);
    expect(sentence).toMatch(/[Cc]hoose/);
    if (refusal !== "missing") expect(sentence).toContain("“cv.pdf”");
    const others = resumeRefusals.filter((other) => other !== refusal);
    expect(others.map((other) => describeRefusal(other, { name: "cv.pdf" }))).not.toContain(sentence);
  });

  test("the limit in the text is the configured one, and one byte too many is told exactly (detail 4.5)", () => {
    expect(describeRefusal("missing", { name: "" })).toContain("up to 5 MB");
    expect(
      describeRefusal("missing", { name: "", limits: { maxBytes: 2 * 1024 * 1024, formats: ["PDF"] } }),
    ).toContain("a PDF file, up to 2 MB");
    const file = { name: "cv.pdf", sizeBytes: maxResumeBytes + 1 };
    expect(describeRefusal("too-large", file)).toContain("is 5,242,881 bytes");
    expect(describeRefusal("too-large", { ...file, sizeBytes: 8 * 1024 * 1024 })).toContain("is 8 MB");
    expect(describeRefusal("too-large", { name: "cv.pdf" })).toContain("is larger than 5 MB");
  });
});

test("formats are listed as people say them, and as a file field wants them", () => {
  expect(listFormats(resumeFormats)).toBe("PDF, DOC or DOCX");
  expect(listFormats(["PDF", "DOCX"])).toBe("PDF or DOCX");
  expect(acceptOf(resumeFormats)).toBe(
    ".pdf,.doc,.docx,application/pdf,application/msword,application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  );
});
