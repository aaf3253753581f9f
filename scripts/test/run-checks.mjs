import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { prepare } from "../setup/prepare.mjs";
import { SetupError } from "../setup/setup-error.mjs";
import { runTool } from "../setup/tools.mjs";
import { checks } from "./checks.mjs";
import { countTests } from "./count-tests.mjs";

/**
 * @typedef {import("./checks.mjs").Check} Check
 * @typedef {import("./count-tests.mjs").Count & { check: Check; seconds: number }} Result
 */

/**
 * `npm test`: prepares, runs all checks or those of `--only=unit,lint`, one after the other, each even if another
 * failed, and prints a summary whose last line is `N passed, N failed`.
 * @param {string[]} args arguments other than `--only` go to the one check that was chosen
 * @returns {Promise<number>} exit code
 */
export async function runChecks(args) {
  const only = args
    .find((arg) => arg.startsWith("--only="))
    ?.slice("--only=".length)
    .split(",");
  const passedOn = args.filter((arg) => !arg.startsWith("--only="));
  const chosen = checks.filter((check) => only === undefined || only.includes(check.name));
  const unknown = only?.filter((name) => !checks.some((check) => check.name === name)) ?? [];
  if (unknown.length > 0 || (passedOn.length > 0 && chosen.length !== 1)) {
    const names = checks.map((check) => check.name).join(", ");
    console.error(
      `Usage: npm test -- [--only=NAME[,NAME]] [arguments for the one check chosen]\nNames: ${names}`,
    );
    return 2;
  }
  try {
    const isBuilding = chosen.some((check) => check.name === "build");
    await prepare(!isBuilding && chosen.some((check) => check.usesBuild) ? "build" : "generate");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n0 passed, 1 failed`);
    return error.exitCode;
  }

  /** @type {Result[]} */
  const results = [];
  for (const check of chosen) {
    const result = await runCheck(check, passedOn, results);
    if (result === "interrupted") return 130;
    results.push(result);
  }
  return summarize(results);
}

/**
 * @param {Check} check
 * @param {string[]} passedOn
 * @param {Result[]} earlier
 * @returns {Promise<Result | "interrupted">}
 */
async function runCheck(check, passedOn, earlier) {
  console.log(`\n━━ ${check.title} (${check.name})\n`);
  const isUnbuilt = earlier.some((result) => result.check.name === "build" && result.failed > 0);
  if (isUnbuilt && check.usesBuild === "only") {
    const remark = "not run, because the build failed";
    console.log(remark);
    return { check, seconds: 0, passed: 0, failed: 1, skipped: [], remark };
  }
  if (check.report) {
    // A report of an earlier run must not be counted when this run crashes before it writes its own.
    rmSync(check.report.file, { force: true });
    mkdirSync(dirname(check.report.file), { recursive: true });
  }
  const begin = Date.now();
  const deadline = check.minutes * 60_000;
  const [command = "", ...commandArgs] = check.command;
  // A selection of tests says nothing about coverage.
  const ownArgs = passedOn.length > 0 ? commandArgs.filter((arg) => arg !== "--coverage") : commandArgs;
  const { exitCode, wasInterrupted } = await runTool(command, [...ownArgs, ...passedOn], {
    env: check.env,
    deadline,
    patience: { SIGINT: 8_000, SIGTERM: 8_000, SIGHUP: 8_000 },
  });
  if (wasInterrupted) return "interrupted";
  return { check, seconds: (Date.now() - begin) / 1000, ...countTests(check.report, exitCode) };
}

/** @param {Result[]} results @returns {number} exit code */
function summarize(results) {
  console.log("\n━━ Summary\n");
  for (const { check, seconds, passed, failed, skipped, remark } of results) {
    const counts = check.report ? `${passed} passed, ${failed} failed, ${skipped.length} skipped` : "";
    const notes = [counts, remark].filter(Boolean).join("; ");
    console.log(
      `${failed === 0 ? "✓" : "✗"} ${check.title.padEnd(44)} ${seconds.toFixed(1).padStart(6)} s  ${notes}`,
    );
  }
  const skipped = results.flatMap((result) => result.skipped);
  if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((title) => `  ${title}`).join("\n")}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
