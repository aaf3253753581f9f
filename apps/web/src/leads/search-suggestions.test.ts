import { expect, test } from "vitest";
import { sampleColleagues } from "../testing/sample-colleagues";
import { complete, isUnfinished, suggest } from "./search-suggestions";

const labels = (text: string) => suggest(text, sampleColleagues()).map((each) => each.label);

test("the beginning of a word offers operators", () => {
  expect(labels("garcia sta")).toEqual(["status:"]);
  expect(labels("s")).toEqual(["status:", "scan:", "source:"]);
  expect(labels("garcia ")).toEqual([]);
  expect(labels("garcia")).toEqual([]);
});

test("after the colon come its values, for people by name", () => {
  expect(labels("status:")).toEqual(["status:pending", "status:reached-out"]);
  expect(labels("STATUS:R")).toEqual(["status:reached-out"]);
  expect(labels("assignee:jo")).toEqual(["assignee:Jonas Meyer"]);
  expect(labels("assignee:rita")).toEqual([]);
  expect(labels("colour:")).toEqual([]);
});

test("completing replaces the last word only", () => {
  const [first] = suggest("garcia sta", []);
  expect(first && complete("garcia sta", first)).toBe("garcia status:");
  const [value] = suggest("status:p", []);
  expect(value && complete("status:p", value)).toBe("status:pending");
});

test("an operator is unfinished until a space follows it", () => {
  expect(isUnfinished("from:gma")).toBe(true);
  expect(isUnfinished("from:gmail.com ")).toBe(false);
  expect(isUnfinished("mailto:jose@example.com")).toBe(false);
});
