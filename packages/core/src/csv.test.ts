import { expect, test } from "vitest";
import { csvCell } from "./csv";

test.each([
  ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"],
  ...["＝1+1", "＋1", "－1", "＠SUM(A1)", " =1", "\u200B=1", "\uFEFF=1", "\tx"],
])("the cell %j is inert", (text) => {
  expect(csvCell(text)).toBe(`"'${text}"`);
});

test.each(["O’Brien", "5 = 5", "a-b", "zoe+law@example.com"])("the cell %j stays as it is", (text) => {
  expect(csvCell(text)).toBe(`"${text}"`);
});

test("quotes and line breaks stay in their cell", () => {
  expect(csvCell('a "b"\nc')).toBe('"a ""b""\nc"');
});
