import { buildFingerprint, generateFingerprint, installFingerprint, isInstalled } from "./fingerprint.mjs";
import { root } from "./project.mjs";
import { SetupError } from "./setup-error.mjs";
import { withSetupLock } from "./setup-lock.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";
import { runTool } from "./tools.mjs";

/**
 * How far to prepare: packages installed, database client generated, or everything built.
 * @typedef {"install" | "generate" | "build"} Goal
 */

/**
 * Brings the folder into the state a command needs. Does nothing, in a tenth of a second, when no file changed since the
 * last time.
 * @param {Goal} goal
 */
export async function prepare(goal) {
  say(`Node ${process.versions.node}`);
  try {
    if (!isUpToDate(goal)) await withSetupLock(() => setUp(goal), announceWait);
  } catch (error) {
    throw explainDeniedWrite(error);
  }
  say(goal === "build" ? "Packages and build are up to date" : "Packages are up to date");
}

/** @param {Goal} goal */
function isUpToDate(goal) {
  const stamp = readStamp();
  if (stamp.install !== installFingerprint() || !isInstalled()) return false;
  if (goal === "build") return stamp.build === buildFingerprint();
  return goal === "install" || stamp.generate === generateFingerprint();
}

/** @param {Goal} goal */
async function setUp(goal) {
  // Asked again: the setup we may have waited for has done the work.
  if (isUpToDate(goal)) return;
  const install = installFingerprint();
  if (readStamp().install !== install || !isInstalled()) {
    // Development: with NODE_ENV=production the build tools would be left out.
    const options = { env: { NODE_ENV: "development" } };
    await step("Installing packages", ["pnpm", "install", "--frozen-lockfile", "--prefer-offline"], options);
    if (!isInstalled()) throw new SetupError("Packages were installed, but Node 24 is not among them.", 1);
    writeStamp({ packageManager: readStamp().packageManager, install });
  }
  if (goal === "generate") {
    await step("Generating the database client", ["turbo", "run", "generate", "--output-logs=errors-only"]);
    writeStamp({ ...readStamp(), generate: generateFingerprint() });
  } else if (goal === "build") {
    const options = { env: { NODE_ENV: "production" } };
    await step("Building", ["turbo", "run", "build", "--output-logs=errors-only"], options);
    writeStamp({ ...readStamp(), generate: generateFingerprint(), build: buildFingerprint() });
  }
}

/**
 * @param {string} title
 * @param {string[]} words command and arguments
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
async function step(title, [command = "", ...args], options) {
  announce(title);
  const begin = Date.now();
  const { exitCode, wasInterrupted } = await runTool(command, args, options);
  if (wasInterrupted) throw new SetupError("Stopped. The next start goes on from here.", 130);
  if (exitCode !== 0) {
    throw new SetupError(
      `${title} failed; the lines above say why. Then run the same command again.`,
      exitCode,
    );
  }
  say(`${title} took ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

/** @param {unknown} error */
function explainDeniedWrite(error) {
  const isDenied =
    error instanceof Error && "code" in error && /^(EACCES|EPERM|EROFS)$/.test(String(error.code));
  if (!isDenied) return error;
  return new SetupError(`This user may not write to ${root}. Start as its owner.\n${error.message}`, 1);
}

/** @param {string} text */
function say(text) {
  console.log(`  ✓ ${text}`);
}

/** @param {string} text */
function announce(text) {
  console.log(`  … ${text}`);
}

/** @param {number} owner */
function announceWait(owner) {
  announce(`Another setup of this folder is running (process ${owner}); waiting for it`);
}
