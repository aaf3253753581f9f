import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { descendantsOf, isRunning } from "./process-tree.mjs";

/**
 * How a child ended, as a shell would report it.
 * @typedef {{ exitCode: number; wasInterrupted: boolean }} Ending
 */

/**
 * `wholeGroup`: signals go to everything the child started, for tools that do not pass them on.
 * `patience`: milliseconds a child may take to end after each signal before it is ended by force.
 * @typedef {{
 *   env?: NodeJS.ProcessEnv;
 *   cwd?: string;
 *   stdio?: import("node:child_process").StdioOptions;
 *   wholeGroup?: boolean;
 *   patience?: Partial<Record<NodeJS.Signals, number>>;
 *   deadline?: number;
 *   onOutput?: (chunk: Buffer) => void;
 * }} ChildOptions
 */

const stopSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

// One Ctrl-C reaches us twice: from the terminal, and from npm, which passes on what it also got.
const samePressMilliseconds = 700;

/**
 * Runs a command to its end. The child gets a process group of its own, so that it hears of a Ctrl-C from us, once,
 * and not a second time from the terminal. A second Ctrl-C ends it by force, with everything it started.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options] `deadline` in milliseconds: after it the child counts as hanging and is ended
 * @returns {Promise<Ending>}
 */
export async function runToEnd(command, args, options = {}) {
  const { env = process.env, cwd, stdio = "inherit", wholeGroup = false, patience = {}, deadline } = options;
  const child = spawn(command, args, { cwd, env, stdio, detached: true });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", options.onOutput ?? (() => {}));

  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  /** @type {number | undefined} */
  let firstSignalAt;
  let isOverdue = false;

  /** @param {NodeJS.Signals} signal */
  const send = (signal) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (wholeGroup) signalGroup(child.pid, signal);
    else child.kill(signal);
  };
  /** @type {Promise<void> | undefined} */
  let forced;
  const force = () => {
    if (child.pid !== undefined) forced ??= endTree(child.pid);
  };
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    const now = Date.now();
    if (firstSignalAt === undefined) {
      firstSignalAt = now;
      send(signal);
      const limit = patience[signal];
      if (limit !== undefined) timers.push(setTimeout(force, limit));
    } else if (now - firstSignalAt > samePressMilliseconds) {
      force();
    }
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
  const stopWatching = onParentDeath(() => onSignal("SIGTERM"));
  if (deadline !== undefined) {
    timers.push(
      setTimeout(() => {
        isOverdue = true;
        force();
      }, deadline),
    );
  }

  try {
    const [code, signal] = await once(child, "close").catch((error) => {
      // What a shell answers for a command it cannot run.
      console.error(`Cannot run ${command}: ${error.message}`);
      return [127, null];
    });
    await forced;
    const exitCode = isOverdue
      ? 124
      : (code ?? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0));
    return { exitCode, wasInterrupted: firstSignalAt !== undefined };
  } finally {
    stopWatching();
    for (const timer of timers) clearTimeout(timer);
    for (const each of stopSignals) process.off(each, onSignal);
  }
}

/**
 * npm does not pass on a SIGTERM, and cannot pass on a SIGKILL: whoever ends `npm start` means the product as well.
 * @param {() => void} listener
 */
function onParentDeath(listener) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, 500);
  return () => clearInterval(timer);
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch {
    // Everyone in the group has ended already.
  }
}

/**
 * Ends a process and all it started. Its children get SIGQUIT first, which PostgreSQL takes as "stop at once and recover at
 * the next start"; killed outright it would leave its own children behind.
 * @param {number} pid
 */
async function endTree(pid) {
  const children = descendantsOf(pid);
  killAll([pid], "SIGKILL");
  killAll(children, "SIGQUIT");
  for (let waits = 0; waits < 40 && children.some(isRunning); waits++) await sleep(50);
  killAll(children, "SIGKILL");
}

/**
 * @param {number[]} pids
 * @param {NodeJS.Signals} signal
 */
function killAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  }
}
