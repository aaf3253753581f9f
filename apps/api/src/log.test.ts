import { expect, test } from "vitest";
import { createLog } from "./log";

test("of an error a line keeps type, code, message and stack, not what a driver hung on it", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const cause = new Error("the line is dead");
  const error = Object.assign(new TypeError("no answer", { cause }), {
    code: "08006",
    client: { host: "db" },
  });
  log.warn({ err: error }, "queue error");
  const { err } = JSON.parse(lines.join(""));
  expect(err).toEqual({
    type: "TypeError",
    code: "08006",
    message: "no answer: the line is dead",
    stack: expect.stringContaining("caused by: Error: the line is dead"),
  });
});
