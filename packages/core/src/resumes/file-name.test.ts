import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachmentHeader, cleanFileName } from "./file-name";

describe("cleanFileName", () => {
  test.each([
    ["Résumé – O'Brien (最終版) 😀.docx", "Résumé – O'Brien (最終版) 😀.docx"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\me\\cv.pdf", "cv.pdf"],
    ["a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"],
    ["cv\u202Efdp.exe", "cvfdp.exe"],
    ["..", "resume"],
    ["", "resume"],
    ["e\u0301.pdf", "é.pdf"],
  ])("%j becomes %j", (name, clean) => {
    expect(cleanFileName(name)).toBe(clean);
  });

  test("keeps the ending of a long name", () => {
    const clean = cleanFileName(`${"ä".repeat(300)}.pdf`);
    expect([...clean]).toHaveLength(255);
    expect(clean).toMatch(/ä\.pdf$/);
  });
});

test("no name can break out of the header, and every name comes back (detail 4.9)", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
      const clean = cleanFileName(name);
      const header = attachmentHeader(clean);
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/,
      );
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? "")).toBe(clean);
    }),
  );
});
