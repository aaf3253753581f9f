import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings, SettingsError } from "./settings";

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("staging lets mail go to those named, without any to nobody; elsewhere nothing is held back", () => {
  expect(readSettings({}).staging).toBeNull();
  expect(readSettings({ STAGING: "off" }).staging).toBeNull();
  expect(readSettings({ STAGING: "on" }).staging).toEqual({ recipients: [] });
  const recipients = " ruth@firm.example, @testers.example ,";
  expect(readSettings({ STAGING: "on", STAGING_RECIPIENTS: recipients }).staging).toEqual({
    recipients: ["ruth@firm.example", "@testers.example"],
  });
});

test.each([
  [{ STAGING: "yes" }, /^STAGING /],
  [{ STAGING_RECIPIENTS: "ruth@firm.example" }, /^STAGING_RECIPIENTS needs STAGING=on$/],
  [{ STAGING: "on", STAGING_RECIPIENTS: "firm.example" }, /^STAGING_RECIPIENTS must be email addresses/],
  [{ STAGING: "on", STAGING_RECIPIENTS: "*" }, /^STAGING_RECIPIENTS must be email addresses/],
])("refuses %j", (environment, problem) => {
  expect(problemsOf(environment)).toEqual([expect.stringMatching(problem)]);
});

test("NAME_FILE names a file that holds NAME, for every variable", async () => {
  const folder = await mkdtemp(join(tmpdir(), "intake secrets "));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "token");
  await writeFile(file, "sixteen letters and more\n");
  expect(readSettings({ METRICS_TOKEN_FILE: file }).metricsToken).toBe("sixteen letters and more");
  // What is in it is judged like any value, and named by the variable.
  await writeFile(file, "short");
  expect(problemsOf({ METRICS_TOKEN_FILE: file })).toEqual([expect.stringMatching(/^METRICS_TOKEN must/)]);
  expect(problemsOf({ METRICS_TOKEN_FILE: file, METRICS_TOKEN: "sixteen letters and more" })).toEqual([
    "METRICS_TOKEN and METRICS_TOKEN_FILE exclude each other",
  ]);
  expect(problemsOf({ METRICS_TOKEN_FILE: join(folder, "none"), PORT: "http" })).toEqual([
    `METRICS_TOKEN_FILE cannot be read: ${join(folder, "none")} (ENOENT)`,
    expect.stringMatching(/^PORT /),
  ]);
});
