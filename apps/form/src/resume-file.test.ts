import { resumeFormats } from "@intake/core/resumes/schema";
import { describe, expect, it } from "vitest";
import { readResume } from "./resume-file";

const limit = 5 * 1024 * 1024;
const limits = { maxBytes: limit, formats: resumeFormats };
const file = (name: string, bytes: number) => new File([new Uint8Array(bytes)], name);

async function refusal(candidate: Parameters<typeof readResume>[0]): Promise<string> {
  const result = await readResume(candidate, limits);
  return "message" in result ? result.message : `accepted ${result.resume.name}`;
}

describe("readResume", () => {
  it("reads the whole file into memory", async () => {
    const result = await readResume(new File(["%PDF-1.7"], "CV.PDF"), limits);
    expect(result).toMatchObject({ resume: { name: "CV.PDF", format: "PDF", sizeBytes: 8 } });
    if ("resume" in result) expect(await result.resume.bytes.text()).toBe("%PDF-1.7");
  });

  it("accepts exactly the limit and not one byte more", async () => {
    expect(await refusal(file("a.docx", limit))).toBe("accepted a.docx");
    expect(await refusal(file("a.docx", limit + 1))).toMatch(/^“a\.docx” is .*Choose a file up to 5 MB/);
  });

  it("refuses other endings, also behind a good one", async () => {
    for (const name of ["cv.pdf.exe", "photo.heic", "cv", "pdf", ".pages"]) {
      expect(await refusal(file(name, 3))).toContain("is not a PDF, DOC or DOCX file");
    }
  });

  it("explains a file that turns out empty or unreadable, whatever size it claims", async () => {
    expect(await refusal(file("a.pdf", 0))).toContain("is empty (0 bytes)");
    const online = { name: "drive.pdf", size: 4096, arrayBuffer: async () => new ArrayBuffer(0) };
    expect(await refusal(online)).toContain("is empty (0 bytes)");
    const gone = {
      name: "drive.pdf",
      size: 4096,
      arrayBuffer: () => Promise.reject(new Error("NotReadableError")),
    };
    expect(await refusal(gone)).toContain("download it to this device first");
  });

  it("says why in a word, for the count", async () => {
    const failureOf = async (candidate: Parameters<typeof readResume>[0]) => {
      const result = await readResume(candidate, limits);
      return "failure" in result ? result.failure : null;
    };
    expect(await failureOf(file("a.pdf", limit + 1))).toEqual({ reason: "too-large", sizeBytes: limit + 1 });
    expect(await failureOf(file("photo.heic", 3))).toEqual({ reason: "wrong-extension", sizeBytes: 3 });
    expect(await failureOf(file("a.pdf", 0))).toEqual({ reason: "empty", sizeBytes: 0 });
    const gone = { name: "a.pdf", size: 4096, arrayBuffer: () => Promise.reject(new Error("gone")) };
    expect(await failureOf(gone)).toEqual({ reason: "unreadable", sizeBytes: 4096 });
    expect(await failureOf(file("a.pdf", 3))).toBeNull();
  });

  it("tells unchanged content from changed content", async () => {
    const marks = await Promise.all(
      ["same", "same", "Same"].map(async (text) => {
        const result = await readResume(new File([text], "a.doc"), limits);
        return "resume" in result ? result.resume.fingerprint : "";
      }),
    );
    expect(marks[0]).not.toBe("");
    expect(marks[1]).toBe(marks[0]);
    expect(marks[2]).not.toBe(marks[0]);
  });
});
