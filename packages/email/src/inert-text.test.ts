import { describe, expect, it } from "vitest";
import { inertText, plainAddress, singleLine } from "./inert-text";

// What mail clients look for: a scheme, www, or a dotted name with a letter domain at its end; and addresses.
const linkLike =
  /[a-z][a-z0-9+.-]*:\/?\/?[^\s\u200c]|www\.[^\s\u200c]|[\p{L}\p{N}-]+[.。．｡][\p{L}]{2,}|[^\s@]@[^\s\u200c]/iu;

describe("inertText", () => {
  it.each([
    "https://evil.example",
    "HTTP://EVIL.EXAMPLE/login?x=1",
    "www.evil.example",
    "evil.com",
    "evil。com",
    "evil．com",
    "mailto:a@b.co",
    "javascript:alert(1)",
    "someone@evil.example",
    "//evil.example/x",
    "Click evil.co.uk now",
  ])("leaves nothing a mail client would link in %s", (value) => {
    expect(value).toMatch(linkLike);
    expect(inertText(value, 200)).not.toMatch(linkLike);
  });

  it("breaks with a character that makes the host invalid, so that a client that links anyway links nowhere", () => {
    const host = inertText("evil.com", 200);
    expect(() => new URL(`https://${host}/`)).toThrow();
    // The usual zero-width space would have been dropped.
    expect(new URL("https://evil.\u200bcom/").host).toBe("evil.com");
  });

  it("shows the same letters", () => {
    expect(inertText("https://evil.example/a@b", 200).replaceAll("\u200c", "")).toBe(
      "https://evil.example/a@b",
    );
  });

  it.each([
    "Ó",
    "Nguyễn Thị Minh Khai",
    "van der Berg",
    "D'Angelo",
    "X Æ",
    "J. R. R. Tolkien",
    "Anne-Marie",
    "محمد علی",
    "李小龍",
    "👩‍⚖️",
  ])("leaves the name %s as it is", (name) => {
    expect(inertText(name, 200)).toBe(name);
  });

  it("breaks encoded words, which a client would decode in a subject", () => {
    expect(inertText("=?utf-8?q?Invoice?=", 200)).not.toContain("=?u");
  });
});

describe("singleLine", () => {
  it("turns line breaks, controls and bidi overrides into single spaces", () => {
    expect(singleLine(" Ana\r\nBcc: x\u0000\u202e\u2028 y\t", 200)).toBe("Ana Bcc: x y");
  });

  it("cuts by characters, not by half of one", () => {
    expect(singleLine("😀".repeat(5), 3)).toBe("😀😀…");
    expect(singleLine("😀😀😀", 3)).toBe("😀😀😀");
  });

  it("replaces lone surrogates", () => {
    expect(singleLine("a\ud800b", 10)).toBe("a\ufffdb");
  });
});

describe("plainAddress", () => {
  it.each(["a+b@x.co", "o'brien@x.ie", "first.last@bücher.example", "李@例え.jp", "a&b=c?d@x.co"])(
    "keeps %s copyable",
    (address) => {
      expect(plainAddress(address)).toBe(address);
    },
  );

  it.each(["www.evil.example/x@evil.example", "www.evil.com@x.co", "evil.com/x@x.co", "http:evil.com@x.co"])(
    "breaks %s",
    (address) => {
      expect(plainAddress(address)).not.toMatch(linkLike);
    },
  );
});
