import { describe, expect, it } from "vitest";
import { readDictionary } from "./pdf-syntax";

function read(text: string) {
  return Object.fromEntries(readDictionary(Buffer.from(text, "latin1"), 0) ?? []);
}

describe("readDictionary", () => {
  it("reads every kind of value a trailer may hold", () => {
    expect(read("\n%note\n<</A 1/B -2.5/C/Name#20x/D[1 0 R(a)<4>]/E<</F true>>/G null>>")).toEqual({
      A: { type: "number", value: 1 },
      B: { type: "number", value: -2.5 },
      C: { type: "name", value: "Name x" },
      D: {
        type: "array",
        items: [
          { type: "reference", objectNumber: 1, generation: 0 },
          { type: "string", value: Buffer.from("a") },
          { type: "string", value: Buffer.from("@") },
        ],
      },
      E: { type: "dictionary", entries: new Map([["F", { type: "keyword", value: "true" }]]) },
      G: { type: "keyword", value: "null" },
    });
  });

  it.each([
    ["(a(b)c)", "a(b)c"],
    ["(\\(\\)\\\\)", "()\\"],
    ["(\\101\\7x\\1234)", "A\x07xS4"],
    ["(a\\\r\nb)", "ab"],
    ["(a\r\nb\rc)", "a\nb\nc"],
    ["(\\n\\r\\t\\b\\f\\q)", "\n\r\t\b\fq"],
    ["()", ""],
    ["<48 65 6C>", "Hel"],
    ["<>", ""],
  ])("reads the string %j", (source, expected) => {
    expect(read(`<< /S ${source} >>`)).toEqual({
      S: { type: "string", value: Buffer.from(expected, "latin1") },
    });
  });

  it.each([
    "",
    "<<",
    "<< /A",
    "<< /A 1",
    "<< 1 /A >>",
    "<< /A (((",
    "<< /A [1 2",
    "[1]",
    `<< /A ${"[".repeat(400)}${"]".repeat(400)} >>`,
  ])("answers null for %j", (source) => {
    expect(readDictionary(Buffer.from(source), 0)).toBeNull();
  });
});
