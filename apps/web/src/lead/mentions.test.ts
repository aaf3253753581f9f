import { expect, test } from "vitest";
import { sampleColleagues } from "../testing/sample-colleagues";
import { complete, findChoices, readMention } from "./mentions";

const query = (body: string) => readMention(body, body.length);

test.each([
  ["@", { from: 0, text: "" }],
  ["Ask @jo", { from: 4, text: "jo" }],
  ["(@Jonas Me", { from: 1, text: "Jonas Me" }],
  ["first\n@o", { from: 6, text: "o" }],
  ["mail ana@ex", null],
  ["@@", null],
  ["@Jonas, please", null],
  ["nothing", null],
])("behind %j", (body, expected) => {
  expect(query(body)).toEqual(expected);
});

test("only what is before the caret counts", () => {
  expect(readMention("Ask @jonas now", 7)).toEqual({ from: 4, text: "jo" });
});

test("names are found by any of their words, without accents, never oneself", () => {
  const names = (text: string) => findChoices(sampleColleagues(), text).map(({ name }) => name);
  expect(names("")).toEqual(["Jonas Meyer", "Olena Kovalʹ", "Rita Reader"]);
  expect(names("MEY")).toEqual(["Jonas Meyer"]);
  expect(names("jonas m")).toEqual(["Jonas Meyer"]);
  expect(names("ana")).toEqual([]);
});

test("the mention replaces what was typed and the caret goes on behind it", () => {
  expect(complete("Ask @jo", { from: 4, text: "jo" }, "Jonas Meyer")).toEqual({
    body: "Ask @Jonas Meyer ",
    caret: 17,
  });
  expect(complete("Ask @jo now", { from: 4, text: "jo" }, "Jonas Meyer")).toEqual({
    body: "Ask @Jonas Meyer now",
    caret: 17,
  });
});
