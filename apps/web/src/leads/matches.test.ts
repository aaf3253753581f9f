import fc from "fast-check";
import { expect, test } from "vitest";
import { findMatches } from "./matches";

const hits = (text: string, query: string) =>
  findMatches(text, query)
    .filter((segment) => segment.isHit)
    .map((segment) => segment.text);

test.each([
  ["Jürgen Müller", "muller", ["Müller"]],
  ["José María García", "garcia, jose", ["José", "García"]],
  ["Łukasz Wójcik", "lukasz", ["Łukasz"]],
  ["Nguyễn Thị Minh Khai", "nguyen", ["Nguyễn"]],
  ["Straße", "strasse", ["Straße"]],
  ["a+b@x.co", "mailto:a+b@x.co", ["a+b@x.co"]],
  ["100 %", "%", ["%"]],
  ["山田 花子", "花", ["花"]],
  ["Анна Ковальчук", "КОВАЛЬ", ["Коваль"]],
  ["anna", "an na", ["anna"]],
  ["José María García", '"maria garcia"', ["María García"]],
  ["José María García", "“maria garcia", ["María García"]],
  ["Nobody", "zzz", []],
  ["Nobody", "  ,", []],
])("%s searched for %s", (text, query, expected) => {
  expect(hits(text, query)).toEqual(expected);
});

test("decomposed text is marked with its accents", () => {
  expect(hits("Mu\u0308ller x", "muller")).toEqual(["Mu\u0308ller"]);
});

test("no text is lost, doubled or moved, whatever is searched", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, query) => {
      const segments = findMatches(text, query);
      expect(segments.map((segment) => segment.text).join("")).toBe(text);
      for (const segment of segments) expect(text.startsWith(segment.text, segment.start)).toBe(true);
    }),
  );
});
