import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { runToEnd } from "./child-process.mjs";
import { isRunning } from "./process-tree.mjs";

const subject = JSON.stringify(new URL("./child-process.mjs", import.meta.url).href);

// Answers each stop signal with a line, and ends by itself a moment after the first.
const polite = `
  let heard = 0;
  process.on("SIGINT", () => { console.log("heard", ++heard); setTimeout(() => process.exit(0), 300); });
  process.once("disconnect", () => process.exit(0));
  setInterval(() => {}, 1000);
  console.log("up", process.pid);
`;

// Ignores every request to stop, and has a child that would outlive it.
const stubborn = `
  const child = require("node:child_process").spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  process.on("SIGINT", () => {}).on("SIGTERM", () => {});
  setInterval(() => {}, 1000);
  console.log("up", process.pid, child.pid);
`;

/** @type {Set<import("node:child_process").ChildProcess>} */
const launchers = new Set();

afterEach(() => {
  for (const launcher of launchers) launcher.kill("SIGKILL");
  launchers.clear();
});

/**
 * Starts a process of its own that runs `code` through runToEnd, because the signals under test are for a whole process.
 * @param {string} code
 * @param {import("./child-process.mjs").ChildOptions} [options]
 */
function launch(code, options = {}) {
  return start(process.execPath, ["--input-type=module", "-e", launcherCode(code, options)]);
}

/**
 * @param {string} code
 * @param {import("./child-process.mjs").ChildOptions} options
 */
function launcherCode(code, options) {
  return `
    import { runToEnd } from ${subject};
    const ending = await runToEnd(process.execPath, ["-e", ${JSON.stringify(code)}], ${JSON.stringify(options)});
    console.log(JSON.stringify(ending));
    process.exitCode = ending.exitCode;
  `;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function start(command, args) {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: "start" },
  });
  launchers.add(child);
  const run = { child, output: "", ended: once(child, "close") };
  child.stdout.on("data", (chunk) => {
    run.output += chunk;
  });
  return run;
}

/** @param {{ output: string }} run the process numbers in the child's "up" line, as soon as it is there */
async function pidsOf(run) {
  const line = await vi.waitUntil(() => /up (.*)\n/.exec(run.output)?.[1], { timeout: 5000 });
  return line.split(" ").map(Number);
}

describe("runToEnd", () => {
  test.each([
    ["process.exit(7)", 7],
    ["process.kill(process.pid, 'SIGKILL')", 137],
    ["", 0],
  ])("passes on how the child ended: %s", async (code, exitCode) => {
    const [ended] = await launch(code).ended;
    expect(ended).toBe(exitCode);
  });

  test("a command that does not exist is reported as a shell would", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await runToEnd("/nowhere/at all", [])).toEqual({ exitCode: 127, wasInterrupted: false });
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining("Cannot run /nowhere/at all"));
  });

  test("one Ctrl-C that arrives twice reaches the child once, and it may end in its own way", async () => {
    const run = launch(polite);
    await pidsOf(run);
    run.child.kill("SIGINT");
    run.child.kill("SIGINT");
    expect(await run.ended).toEqual([0, null]);
    expect(run.output).toContain("heard 1");
    expect(run.output).not.toContain("heard 2");
    expect(run.output).toContain('"wasInterrupted":true');
  });

  test("pressing again ends a child that does not listen, and what it started", async () => {
    const run = launch(stubborn);
    const pids = await pidsOf(run);
    const isOver = () => pids.every((pid) => !isRunning(pid));
    await vi.waitUntil(() => isOver() || !run.child.kill("SIGINT"), { timeout: 5000, interval: 100 });
    const [exitCode] = await run.ended;
    expect(exitCode).toBe(137);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test("a child that does not end within the patience for a signal is ended", async () => {
    const run = launch(stubborn, { patience: { SIGTERM: 300 } });
    const pids = await pidsOf(run);
    run.child.kill("SIGTERM");
    const [exitCode] = await run.ended;
    expect(exitCode).toBe(137);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test("a child that hangs past the deadline is ended and reported as such", async () => {
    const run = launch(stubborn, { deadline: 500 });
    const pids = await pidsOf(run);
    const [exitCode] = await run.ended;
    expect(exitCode).toBe(124);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test("a child notices through its channel that the launcher was killed", async () => {
    const run = launch(polite, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [pid = 0] = await pidsOf(run);
    run.child.kill("SIGKILL");
    await vi.waitUntil(() => !isRunning(pid), { timeout: 5000 });
  });

  test("when npm dies, the child is told to stop", async () => {
    const inner = JSON.stringify(["--input-type=module", "-e", launcherCode(polite, {})]);
    const run = start(process.execPath, [
      "-e",
      `require("node:child_process").spawn(process.execPath, ${inner}, { stdio: "inherit" });`,
    ]);
    const [pid = 0] = await pidsOf(run);
    run.child.kill("SIGKILL");
    await vi.waitUntil(() => !isRunning(pid), { timeout: 5000 });
  });
});
