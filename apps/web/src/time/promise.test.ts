import { expect, test } from "vitest";
import { readPromise } from "./promise";

const lead = {
  status: "PENDING" as const,
  createdAt: "2026-11-24T09:00:00.000Z",
  respondBy: "2026-11-24T14:00:00.000Z",
};
const at = (time: string) => readPromise(lead, new Date(`2026-11-24T${time}:00Z`));

test.each([
  ["09:40", { tone: "calm", span: "4 h 20 m left", passed: 40 / 300 }],
  ["13:00", { tone: "calm", span: "1 h 0 m left", passed: 0.8 }],
  ["13:01", { tone: "soon", span: "59 m left", passed: 241 / 300 }],
  ["14:00", { tone: "late", span: "Late by 0 m", passed: 1 }],
  ["14:35", { tone: "late", span: "Late by 35 m", passed: 1 }],
])("at %s", (time, expected) => {
  expect(at(time)).toEqual(expected);
});

test("over a night or for days only the moment counts", () => {
  expect(
    readPromise({ ...lead, respondBy: "2026-11-25T10:00:00.000Z" }, new Date("2026-11-24T17:00:00Z")),
  ).toMatchObject({
    tone: "calm",
    span: null,
  });
  expect(readPromise(lead, new Date("2026-11-26T00:00:00Z"))).toMatchObject({ tone: "late", span: null });
});

test("nothing is promised to who has been reached, or came before there was a promise", () => {
  expect(readPromise({ ...lead, status: "REACHED_OUT" }, new Date())).toBeNull();
  expect(readPromise({ ...lead, respondBy: null }, new Date())).toBeNull();
});
