import fc from "fast-check";
import { expect, test } from "vitest";
import { findMentions, isEditable, splitAtMentions } from "./policy";

const people = [
  { id: "1", name: "Ana Sørensen" },
  { id: "2", name: "Ana Sørensen-Holm" },
  { id: "3", name: "José (Pepe) O'Neil" },
  { id: "4", name: "Олена Коваль" },
];
const named = (body: string) => findMentions(body, people).map(({ id }) => id);

test.each([
  ["@Ana Sørensen call her", ["1"]],
  ["@ana sørensen-holm, please", ["2"]],
  ["Ask @José (Pepe) O'Neil and @Олена Коваль.", ["3", "4"]],
  ["twice @Ana Sørensen @Ana Sørensen", ["1"]],
  ["write to ana@Ana Sørensen", []],
  ["@Ana Sørensens", []],
  ["Ana Sørensen", []],
  ["@", []],
])("%s names %j", (body, ids) => {
  expect(named(body)).toEqual(ids);
});

test("two people of one name are both named", () => {
  expect(
    findMentions("@Li Wei", [
      { id: "a", name: "Li Wei" },
      { id: "b", name: "Li Wei" },
    ]),
  ).toHaveLength(2);
});

test("the parts of any text are the text", () => {
  const texts = fc.array(fc.constantFrom("@", "Ana Sørensen", "-Holm", " ", ".*", "<b>", "\n", "💬"));
  fc.assert(
    fc.property(texts, (pieces) => {
      const body = pieces.join("");
      const parts = splitAtMentions(
        body,
        people.map(({ name }) => name),
      );
      expect(parts.map(({ text }) => text).join("")).toBe(body);
    }),
  );
});

test("a note may be changed for a day", () => {
  const written = new Date("2026-03-02T09:30:00Z");
  expect(isEditable(written, new Date("2026-03-03T09:29:59Z"))).toBe(true);
  expect(isEditable(written, new Date("2026-03-03T09:30:00Z"))).toBe(false);
});
