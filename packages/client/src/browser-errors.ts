/** Tells the office of errors in its own pages, so that somebody learns of what people there only suffer. */
import { type BrowserError, maxFrames, maxReports } from "@intake/core/browser-errors/schema";

/** Answers of the server, which knows them already, and what people and networks do: no defects of a page. */
const expected = new Set(["TRPCClientError", "CallFailed", "SubmitLeadError", "NoAnswerError", "AbortError"]);

interface ErrorReportsInput {
  app: BrowserError["app"];
  /** Pattern of the route that is open. */
  route(): string;
  /** `https://intake.example`: only files from there are ours. */
  origin: string;
  /** Sends one report; nobody waits for it. */
  send?: (report: BrowserError) => void;
}

export interface ErrorReports {
  /** The id of a call the page makes: the newest goes along. */
  noteRequest(id: string): void;
  /** Never throws. Nothing is sent of what is no defect, of foreign code (extensions), twice, or after the fifth. */
  report(kind: BrowserError["kind"], error: unknown): void;
}

/** The errors of one loaded page on their way to the server: type, code and places in our code, never a message. */
export function createErrorReports({ app, route, origin, send = post }: ErrorReportsInput): ErrorReports {
  let lastRequestId: string | undefined;
  const told = new Set<string>();
  return {
    noteRequest(id) {
      lastRequestId = id;
    },
    report(kind, error) {
      if (!(error instanceof Error) || expected.has(error.name) || told.size >= maxReports) return;
      const frames = readFrames(error, origin);
      const [newest] = frames;
      const place = `${error.name} ${newest?.file}:${newest?.line}:${newest?.column}`;
      if (!newest || told.has(place)) return;
      told.add(place);
      const type = /^[A-Za-z]\w{0,60}$/.test(error.name) ? error.name : "Error";
      const code = codeOf(error);
      send({
        ...{ app, kind, type, route: route(), frames },
        ...(code && { code }),
        ...(lastRequestId && { lastRequestId }),
      });
    },
  };
}

/** Hears what nobody catches on this page, from now on. */
export function watchErrors(reports: ErrorReports, page: Pick<Window, "addEventListener"> = window): void {
  page.addEventListener("error", (event) => reports.report("uncaught", event.error));
  page.addEventListener("unhandledrejection", (event) => reports.report("rejected", event.reason));
}

/** React says in production which of its errors it is by a number alone. */
function codeOf(error: Error): string | undefined {
  const number = /^Minified React error #(\d{1,5});/.exec(error.message)?.[1];
  if (number) return `REACT_${number}`;
  const { code } = Object(error);
  return typeof code === "string" && /^[A-Z0-9_]{3,40}$/.test(code) ? code : undefined;
}

/** `at called (https://…:1:2)` of Chromium, `called@https://…:1:2` of Firefox and Safari. */
const call = /^\s*(?:at )?(?:(?:async )?(.*?)(?: \(|@))?(https?:\/\/[^\s()]+?):(\d{1,7}):(\d{1,7})\)?$/;

/** Calls in our own files, the newest first. What the message itself holds is cut off before: it could look like a call. */
function readFrames({ stack = "", message }: Error, origin: string): BrowserError["frames"] {
  const start = message === "" ? -1 : stack.indexOf(message);
  const calls = start < 0 ? stack : stack.slice(start + message.length);
  return calls
    .split("\n")
    .flatMap((text) => {
      const [, called = "", address = "", line, column] = call.exec(text) ?? [];
      if (!address.startsWith(`${origin}/`)) return [];
      const file = address.slice(origin.length + 1).replace(/[?#].*$/, "");
      if (!/^[\w./@-]{1,160}$/.test(file)) return [];
      return [
        {
          ...{ file, line: Number(line), column: Number(column) },
          ...(/^[\w$.<>[\] ]{1,80}$/.test(called) && { called }),
        },
      ];
    })
    .slice(0, maxFrames);
}

function post(report: BrowserError): void {
  fetch("/api/browser-errors", {
    // The page may be about to go.
    ...{ method: "POST", keepalive: true },
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(report),
  }).catch(() => undefined);
}
