import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutExcerpt } from "./excerpt";
import type { SearchTerm } from "./resume-words";

const terms = (...texts: string[]): SearchTerm[] => texts.map((text) => ({ text, hasOpenEnd: false }));
const open = (text: string): SearchTerm[] => [{ text, hasOpenEnd: true }];
const show = (body: string, sought: SearchTerm[]) =>
  cutExcerpt(body, sought)
    ?.parts.map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join("");

describe("an excerpt", () => {
  test.each([
    ["Abogada de Inmigración", "inmigracion", "Abogada de [Inmigración]"],
    ["Abogada de Inmigracio\u0301n", "inmigración", "Abogada de [Inmigración]"],
    ["Head of o\ufb03ce", "office", "Head of [o\ufb03ce]"],
    ["Straße 5", "strasse", "[Straße] 5"],
    ["C++, C# und .NET", "c++", "[C++], C# und .NET"],
    ["C++, C# und .NET", ".net", "C++, C# und [.NET]"],
    ["write to jose.garcia@example.com", "jose.garcia@example.com", "write to [jose.garcia@example.com]"],
    ["attorney\n  at law", "attorney at law", "[attorney at law]"],
    ["O’Brien & Sons", "o'brien", "[O’Brien] & Sons"],
    ["東京都弁護士会", "弁護士", "東京都[弁護士]会"],
    ["経験と経験", "経験", "[経験]と[経験]"],
    ["JavaScript経験5年", "javascript経験", "[JavaScript経験]5年"],
    ["이민 변호사입니다", "변호사", "이민 [변호사]입니다"],
    ["ｶﾞｲﾄﾞとして", "ガイド", "[ｶﾞｲﾄﾞ]として"],
    ["خبرة في الهِجرة", "الهجرة", "خبرة في [الهِجرة]"],
    ["עורכת דין בתל אביב", "דין", "עורכת [דין] בתל אביב"],
  ])("of %j for %j", (body, word, expected) => {
    expect(show(body, terms(word))).toBe(expected);
  });

  test("marks of an open end what was typed", () => {
    expect(show("immigration", open("immig"))).toBe("[immig]ration");
    expect(show("immigration", terms("immig"))).toBeUndefined();
  });

  test("is about 140 characters around the first hit, cut between words", () => {
    const filler = "lorem ipsum dolor sit amet ".repeat(20);
    const excerpt = show(`${filler}asylum petition. ${filler}`, terms("asylum")) ?? "";
    expect(excerpt).toMatch(
      /^…(?:lorem|ipsum|dolor|sit|amet) .*\[asylum\] petition\. .* (?:lorem|ipsum|dolor|sit|amet)…$/,
    );
    expect(excerpt.length).toBeGreaterThan(110);
    expect(excerpt.length).toBeLessThan(150);
  });

  test("uses its whole length at the end of a text", () => {
    const excerpt = show(`${"word ".repeat(100)}asylum`, terms("asylum")) ?? "";
    expect(excerpt).toMatch(/^…word .*\[asylum\]$/);
    expect(excerpt.length).toBeGreaterThan(120);
  });

  test("shows the place with most of the terms", () => {
    const body = `experience ${"and so on ".repeat(40)}experience with asylum ${"and so on ".repeat(40)}`;
    expect(show(body, terms("experience", "asylum"))).toContain("[experience] with [asylum]");
  });

  test("does not tear characters apart where there are no spaces", () => {
    const excerpt = cutExcerpt(`${"😀".repeat(200)}会${"😀".repeat(200)}`, terms("会"));
    for (const part of excerpt?.parts ?? []) expect(part.text.isWellFormed()).toBe(true);
  });

  test("of any text is part of it, and of any search ends", () => {
    const text = fc.string({ unit: "binary", maxLength: 600 });
    fc.assert(
      fc.property(text, text, text, (before, word, after) => {
        const body = `${before} ${word} ${after}`.normalize("NFC");
        const excerpt = cutExcerpt(body, open(word));
        const shown = excerpt?.parts.map((part) => part.text).join("") ?? "";
        expect(body.replaceAll(/\s+/g, " ")).toContain(shown.replace(/^…/, "").replace(/…$/, ""));
      }),
    );
  });
});
