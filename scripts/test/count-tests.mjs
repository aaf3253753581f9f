import { readFileSync } from "node:fs";

/**
 * What came of a check. `skipped` names the tests that did not run.
 * @typedef {{ passed: number; failed: number; skipped: string[]; remark?: string }} Count
 */

/**
 * Counts the tests of a check. A tool that fails without a failed test (a crash, a missed threshold) counts as one failure,
 * and so does one that succeeds without having run any test.
 * @param {import("./checks.mjs").Report | undefined} report
 * @param {number} exitCode of the tool
 * @returns {Count}
 */
export function countTests(report, exitCode) {
  if (!report)
    return exitCode === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
  const count = readCount(report);
  if (exitCode !== 0 && count.failed === 0) {
    const remark = exitCode === 124 ? "took too long and was ended" : `ended with exit code ${exitCode}`;
    return { ...count, failed: 1, remark };
  }
  if (count.passed + count.failed === 0) return { ...count, failed: 1, remark: "ran no test" };
  return count;
}

/** @param {import("./checks.mjs").Report} report @returns {Count} */
function readCount({ format, file }) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: [] };
  }
  return format === "vitest" ? countVitest(results) : countPlaywright(results);
}

/**
 * @param {{ testResults: { status: string; assertionResults: { fullName: string; status: string }[] }[] }} results
 * @returns {Count}
 */
function countVitest({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults);
  // A file that could not even be loaded has no tests to count.
  const unloadable = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: tests.filter((test) => test.status === "failed").length + unloadable.length,
    skipped: tests
      .filter((test) => test.status !== "passed" && test.status !== "failed")
      .map((test) => test.fullName),
  };
}

/**
 * @typedef {{ title: string; specs?: { title: string; tests: { status: string }[] }[]; suites?: Suite[] }} Suite
 */

/**
 * A test that passed only when repeated ("flaky") counts as failed: the product or the test is unsound.
 * @param {{ suites: Suite[]; errors?: unknown[] }} results
 * @returns {Count}
 */
function countPlaywright({ suites, errors = [] }) {
  const tests = suites.flatMap(testsOf);
  return {
    passed: tests.filter((test) => test.status === "expected").length,
    failed:
      tests.filter((test) => test.status === "unexpected" || test.status === "flaky").length + errors.length,
    skipped: tests.filter((test) => test.status === "skipped").map((test) => test.title),
  };
}

/** @param {Suite} suite @returns {{ title: string; status: string }[]} */
function testsOf({ title, specs = [], suites = [] }) {
  const own = specs.flatMap((spec) =>
    spec.tests.map(({ status }) => ({ title: `${title} › ${spec.title}`, status })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
