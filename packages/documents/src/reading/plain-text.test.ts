import { expect, it } from "vitest";
import { limitText, maxTextLength, normalizeText } from "./plain-text";

it.each([
  ["composes accents", "Jose\u0301 Mu\u0308ller", "José Müller"],
  ["spells ligatures out", "o\uFB03ce \uFB01ling a\uFB04uent", "office filing affluent"],
  ["turns Arabic presentation forms into letters", "\uFEB3\uFEFC\uFEE1", "\u0633\u0644\u0627\u0645"],
  ["turns Hebrew presentation forms into letters", "\uFB2A", "\u05E9\u05C1"],
  ["drops controls, soft hyphens and direction marks", "a\0b\u00ADc\u202Ed\u2066e\uFEFF\u0007", "abcde"],
  ["keeps joiners, which are spelling", "می\u200Cخواهم", "می\u200Cخواهم"],
  ["keeps full-width forms as they are written", "ＡＢＣ株式会社", "ＡＢＣ株式会社"],
  ["knows one line end and one space", "a\r\nb\rc\u2028d \u00A0\t e", "a\nb\nc\nd e"],
  ["keeps at most one empty line", "\n\n a \n\n\n\n b \n", "a\n\nb"],
  ["replaces half a character", "a\uD83D b", "a\uFFFD b"],
])("%s", (_, raw, text) => {
  expect(normalizeText(raw)).toBe(text);
});

it("cuts long text without splitting a character", () => {
  expect(limitText("a".repeat(maxTextLength))).toEqual({ text: "a".repeat(maxTextLength), isCut: false });
  const { text, isCut } = limitText(`${"a".repeat(maxTextLength - 1)}😀`);
  expect(isCut).toBe(true);
  expect(text).toBe("a".repeat(maxTextLength - 1));
});
