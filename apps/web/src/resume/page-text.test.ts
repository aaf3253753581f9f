import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutAtSpans, findHits, joinRuns, makeSearchable, type TextRun } from "./page-text";

const run = (text: string, place: Partial<TextRun>): TextRun => ({
  ...{ text, left: 0.1, top: 0.1, width: 0.2, height: 0.02, rotation: 0, direction: "ltr" },
  font: "sans-serif",
  ...place,
});

/** The found parts of some texts, as they are written there. */
function found(term: string, ...texts: string[]): string[] {
  return findHits(texts.map(makeSearchable), term).map(
    (hit) => texts[hit.text]?.slice(hit.from, hit.to) ?? "",
  );
}

test("runs become one text: pieces of a word, words of a line, lines", () => {
  const runs = [
    run("Exper", { left: 0.1, width: 0.1 }),
    run("ience", { left: 0.2, width: 0.1 }),
    run("2019", { left: 0.32, width: 0.05 }),
    run("Nurse", { top: 0.13 }),
  ];
  expect(joinRuns(runs, 1.41)).toEqual({
    text: "Experience 2019\nNurse",
    starts: [0, 5, 11, 16],
    gaps: ["", "", " ", "\n"],
  });
});

test("right to left the words of a line are kept apart as well", () => {
  const runs = [run("محمد", { left: 0.5, width: 0.1 }), run("علي", { left: 0.35, width: 0.1 })];
  expect(joinRuns(runs, 1.41).text).toBe("محمد علي");
});

describe("finding", () => {
  test.each([
    ["resume", "My Résumé and RESUME", ["Résumé", "RESUME"]],
    ["strasse", "Lange Straße 3", ["Straße"]],
    ["office", "post-oﬃce", ["oﬃce"]],
    ["data protection", "in data\n  protection law", ["data\n  protection"]],
    ["“visa”", "A visa", ["visa"]],
    ["経歴", "職務経歴書", ["経歴"]],
    ["aa", "aaaa", ["aa", "aa"]],
    ["  ", "a b", []],
    ["e\u0301", "cafe\u0301 café", ["e\u0301", "é"]],
  ])("%j in %j", (term, text, parts) => {
    expect(found(term, text)).toEqual(parts);
  });

  test("words that are nowhere one phrase count alone, over all pages in order", () => {
    expect(found("garcia visa", "A visa for Ana García", "no visa")).toEqual(["visa", "García", "visa"]);
    expect(found("ana garcía", "A visa for Ana García", "Ana")).toEqual(["Ana García"]);
  });

  test("whatever stands in a text is found there, whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (text, a, b) => {
        const characters = [...text];
        const from = a % (characters.length + 1);
        const piece = characters.slice(from, from + 1 + (b % 5)).join("");
        const hits = findHits([makeSearchable(text)], piece);
        for (const hit of hits) expect(hit.to).toBeGreaterThan(hit.from);
        const isSearchable = makeSearchable(piece.replaceAll(/["“”]/gu, " ")).folded.trim() !== "";
        const isPlain = piece.normalize("NFKD") === piece && !/["“”]/u.test(piece);
        if (isSearchable && isPlain) expect(hits.length).toBeGreaterThan(0);
      }),
    );
  });
});

test("a run is cut where marks begin and end, also those that go on in the next run", () => {
  const spans = [
    { from: 2, to: 4 },
    { from: 8, to: 14 },
  ];
  expect(cutAtSpans("abcdefghij", 0, spans).map(({ text, span }) => [text, span !== null])).toEqual([
    ["ab", false],
    ["cd", true],
    ["efgh", false],
    ["ij", true],
  ]);
  expect(cutAtSpans("klmnop", 10, spans).map(({ text, at }) => [text, at])).toEqual([
    ["klmn", 10],
    ["op", 14],
  ]);
});
