import { type BrowserError, browserErrorSchema } from "@intake/core/browser-errors/schema";
import { expect, test } from "vitest";
import { createErrorReports, watchErrors } from "./browser-errors";

const origin = "https://intake.example";

function open() {
  const sent: BrowserError[] = [];
  const send = (report: BrowserError) => void sent.push(browserErrorSchema.parse(report));
  const reports = createErrorReports({ app: "dashboard", route: () => "/leads/$leadId", origin, send });
  return { sent, ...reports, reports };
}

function errorAt(stack: string, message = "Cannot read the lead of Jana Müller <jana@x.example>"): TypeError {
  return Object.assign(new TypeError(message), { stack: stack.replace("MESSAGE", message) });
}

const chromium = `TypeError: MESSAGE
    at Row (https://intake.example/app/assets/leads-page-B1x_2.js:1:2034)
    at async load (https://intake.example/app/assets/base-C3.js:12:7)
    at https://intake.example/app/assets/base-C3.js:9:1
    at inject (chrome-extension://abcdef/content.js:1:1)
    at track (https://cdn.elsewhere.example/t.js:1:1)`;

test("places in our own files leave, with the route's pattern and the last call's id; no message, no foreign code", () => {
  const { sent, report, noteRequest } = open();
  noteRequest("0190aaaa-0000-7000-8000-000000000000");
  report("uncaught", errorAt(chromium));
  expect(sent).toEqual([
    {
      ...{ app: "dashboard", kind: "uncaught", type: "TypeError", route: "/leads/$leadId" },
      lastRequestId: "0190aaaa-0000-7000-8000-000000000000",
      frames: [
        { file: "app/assets/leads-page-B1x_2.js", called: "Row", line: 1, column: 2034 },
        { file: "app/assets/base-C3.js", called: "load", line: 12, column: 7 },
        { file: "app/assets/base-C3.js", line: 9, column: 1 },
      ],
    },
  ]);
});

test("Firefox and Safari write it another way", () => {
  const { sent, report } = open();
  report(
    "rejected",
    errorAt(
      "Row@https://intake.example/app/assets/a.js:1:20\n@https://intake.example/app/assets/b.js?v=secret:3:4\n",
    ),
  );
  expect(sent[0]?.frames).toEqual([
    { file: "app/assets/a.js", called: "Row", line: 1, column: 20 },
    { file: "app/assets/b.js", line: 3, column: 4 },
  ]);
});

test("a message that looks like a call is none", () => {
  const { sent, report } = open();
  const hostile = "x\n    at jana (https://intake.example/jana-mueller/1990.js:1:1)";
  report("uncaught", errorAt(`TypeError: MESSAGE\n    at f (https://intake.example/app/a.js:1:2)`, hostile));
  expect(sent[0]?.frames).toEqual([{ file: "app/a.js", called: "f", line: 1, column: 2 }]);
});

test("React's numbers are codes", () => {
  const { sent, report } = open();
  const message = "Minified React error #418; visit https://react.dev/errors/418 for the full message";
  report("uncaught", errorAt(chromium, message));
  expect(sent[0]?.code).toBe("REACT_418");
});

test("the same place is told once, five places at most", () => {
  const { sent, report } = open();
  for (let round = 0; round < 3; round += 1)
    for (let line = 1; line <= 9; line += 1)
      report("screen", errorAt(`TypeError: MESSAGE\n    at f (https://intake.example/app/a.js:${line}:1)`));
  expect(sent.map(({ frames }) => frames[0]?.line)).toEqual([1, 2, 3, 4, 5]);
});

test("what is no defect of ours stays here", () => {
  const { sent, report } = open();
  report("uncaught", Object.assign(errorAt(chromium), { name: "TRPCClientError" }));
  report("uncaught", errorAt("TypeError: MESSAGE\n    at f (chrome-extension://abc/x.js:1:1)"));
  report("uncaught", undefined);
  report("rejected", "a text about somebody");
  expect(sent).toEqual([]);
});

test("a name that is a sentence is none, and a long chain of calls is cut", () => {
  const { sent, report } = open();
  const calls = Array.from({ length: 60 }, (_, line) => `    at f (https://intake.example/a.js:${line}:1)`);
  report("uncaught", Object.assign(errorAt(`MESSAGE\n${calls.join("\n")}`), { name: "About Jana Müller" }));
  expect(sent[0]).toMatchObject({ type: "Error" });
  expect(sent[0]?.frames).toHaveLength(20);
  expect(JSON.stringify(sent).length).toBeLessThan(8_000);
});

test("it hears what nobody catches", () => {
  const { sent, reports } = open();
  const page = new EventTarget();
  watchErrors(reports, page as Pick<Window, "addEventListener">);
  page.dispatchEvent(Object.assign(new Event("error"), { error: errorAt(chromium) }));
  const other = errorAt("TypeError: MESSAGE\n    at g (https://intake.example/app/b.js:1:2)");
  page.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: other }));
  expect(sent.map(({ kind }) => kind)).toEqual(["uncaught", "rejected"]);
});
