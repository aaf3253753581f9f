import type { BrowserError } from "@intake/core/browser-errors/schema";
import type { Exception, StackFrame } from "@sentry/core";

/** How far a chain of causes is followed. */
const maxCauses = 3;
const maxFrames = 50;

/**
 * An error and its causes as an error tracker may have them: type, code and where in the code, nothing of what it says. Messages hold
 * names, addresses and values of rows; they stay in our own log, beside the request's id.
 */
export function describeError(error: unknown): Exception[] {
  const chain: Exception[] = [];
  let cause = error;
  while (cause instanceof Error && chain.length < maxCauses) {
    chain.push({ type: typeOf(cause), value: codeOf(cause), stacktrace: { frames: readFrames(cause) } });
    cause = cause.cause;
  }
  // The innermost cause comes first in an envelope.
  return chain.reverse();
}

/** The same for what a page told of itself: its shape was checked when it came in. */
export function describeBrowserError({
  type,
  code,
  frames,
}: Pick<BrowserError, "type" | "code" | "frames">): Exception {
  const calls = frames.map(({ file, called = "?", line, column }) => ({
    ...{ filename: file, function: called, lineno: line, colno: column, in_app: true },
  }));
  return { type, value: code ?? "", stacktrace: { frames: calls.reverse() } };
}

/** Its name, as long as that is one: some libraries write a sentence there. */
function typeOf({ name }: Error): string {
  return /^[A-Za-z]\w{0,60}$/.test(name) ? name : "Error";
}

/** Codes are those of Postgres, Prisma, Node and our own; whatever else is called so stays here. */
function codeOf(error: Error): string {
  const { code } = Object(error);
  return typeof code === "string" && /^[A-Z0-9_]{3,40}$/.test(code) ? code : "";
}

const line = /^\s+at (?:(?:async )?([\w$.<>[\] ]{1,120}) \()?(?:file:\/\/)?([^():\s]+):(\d+):(\d+)\)?$/;

/** The oldest call first, as envelopes have it. What the message itself holds is cut off before: it could look like a call. */
function readFrames({ stack = "", message }: Error): StackFrame[] {
  const start = message === "" ? 0 : stack.indexOf(message) + message.length;
  if (message !== "" && !stack.includes(message)) return [];
  const frames: StackFrame[] = [];
  for (const text of stack.slice(start).split("\n").slice(1, maxFrames)) {
    const [, called, file = "", row, column] = line.exec(text) ?? [];
    if (row === undefined) continue;
    frames.unshift({
      filename: file.replace(/^.*?\/(?=(?:apps|packages|node_modules|chunks)\/)/, "").replace(/^\/.*\//, ""),
      function: called ?? "?",
      lineno: Number(row),
      colno: Number(column),
      in_app: !file.includes("node_modules") && !file.startsWith("node:"),
    });
  }
  return frames;
}
