import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { countTests } from "./count-tests.mjs";

const folder = mkdtempSync(join(tmpdir(), "reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * @param {"vitest" | "playwright"} format
 * @param {unknown} results
 * @returns {import("./checks.mjs").Report}
 */
function report(format, results) {
  const file = join(folder, `${format}.json`);
  writeFileSync(file, JSON.stringify(results));
  return { format, file };
}

/** @param {...string} statuses */
function vitestReport(...statuses) {
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status }));
  const status = statuses.includes("failed") ? "failed" : "passed";
  return report("vitest", { testResults: [{ status, assertionResults }] });
}

describe("countTests", () => {
  test("a check without a report counts as one", () => {
    expect(countTests(undefined, 0)).toEqual({ passed: 1, failed: 0, skipped: [] });
    expect(countTests(undefined, 3)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  test("tests are counted, and skipped ones are named", () => {
    const count = countTests(vitestReport("passed", "passed", "failed", "skipped", "todo"), 1);
    expect(count).toEqual({ passed: 2, failed: 1, skipped: ["test 3", "test 4"] });
  });

  test("a file that cannot be loaded is a failure", () => {
    const broken = report("vitest", {
      testResults: [
        { status: "passed", assertionResults: [{ fullName: "fine", status: "passed" }] },
        { status: "failed", assertionResults: [] },
      ],
    });
    expect(countTests(broken, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test.each([
    [1, "exit code 1"],
    [124, "took too long"],
  ])("a tool that fails although its tests pass is a failure (exit code %i)", (exitCode, remark) => {
    const count = countTests(vitestReport("passed"), exitCode);
    expect(count).toMatchObject({ passed: 1, failed: 1, remark: expect.stringContaining(remark) });
  });

  test.each([
    ["no tests", () => vitestReport()],
    ["only skipped ones", () => vitestReport("skipped")],
    ["no report", () => ({ format: /** @type {const} */ ("vitest"), file: join(folder, "missing.json") })],
  ])("a run with %s is a failure, even if the tool is content", (_, make) => {
    expect(countTests(make(), 0)).toMatchObject({ passed: 0, failed: 1, remark: "ran no test" });
  });

  test("browser tests are counted through nested suites, flaky ones as failed", () => {
    const nested = report("playwright", {
      suites: [
        {
          title: "journey.spec.ts",
          specs: [{ title: "submits", tests: [{ status: "expected" }, { status: "flaky" }] }],
          suites: [
            {
              title: "without JavaScript",
              specs: [
                { title: "submits", tests: [{ status: "expected" }] },
                { title: "uploads", tests: [{ status: "skipped" }] },
                { title: "answers", tests: [{ status: "unexpected" }] },
              ],
            },
          ],
        },
      ],
    });
    const skipped = ["without JavaScript › uploads"];
    expect(countTests(nested, 1)).toEqual({ passed: 2, failed: 2, skipped });
  });
});
