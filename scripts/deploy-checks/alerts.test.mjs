import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const rulesFile = join(root, "docker/prometheus/rules/intake.yml");
const testFiles = ["intake", "slow"].map((name) => join(root, "docker/prometheus/tests", `${name}.test.yml`));
const runbooks = join(root, "docs/runbooks");

/** @typedef {{ alert?: string; expr: string; for?: string; labels?: Record<string, string>; annotations?: Record<string, string> }} Rule */

/** @type {Rule[]} */
const rules = parse(readFileSync(rulesFile, "utf8")).groups.flatMap(
  (/** @type {{ rules: Rule[] }} */ group) => group.rules,
);
const alerts = rules.filter((rule) => rule.alert !== undefined);
const names = [...new Set(alerts.map((rule) => rule.alert ?? ""))];
/** `IntakeQueueOld` → `queue-old.md` @param {string} alert */
const pageOf = (alert) =>
  `${alert
    .replace(/^Intake/, "")
    .replace(/(?!^)[A-Z]/g, "-$&")
    .toLowerCase()}.md`;

test("every alert names how grave it is, what is, and its own page; every page belongs to an alert", () => {
  for (const { alert = "", labels, annotations } of alerts) {
    expect(["page", "ticket"], alert).toContain(labels?.severity);
    expect(annotations?.summary, alert).toMatch(/\.$/);
    expect(annotations?.runbook, alert).toBe(`docs/runbooks/${pageOf(alert)}`);
  }
  expect(readdirSync(runbooks).sort()).toEqual(names.map(pageOf).sort());
});

test("every page says what it means, what to look at and what to do, and is short", () => {
  for (const name of names) {
    const page = readFileSync(join(runbooks, pageOf(name)), "utf8");
    const titles = page.match(/^## .*$/gm);
    expect(titles, name).toEqual(["## What it means", "## What to look at", "## What to do"]);
    expect(page.split("\n").length, name).toBeLessThanOrEqual(45);
    expect(page, name).toContain(`\`${name}\``);
  }
});

test("every series the rules read is one that the product, Prometheus or a probe writes", () => {
  const source = ["metrics.ts", "operations-metrics.ts", "request-meter.ts"]
    .map((file) => readFileSync(join(root, "apps/api/src", file), "utf8"))
    .join("\n");
  const written = new Set([...source.matchAll(/name: "(intake_\w+)"/g)].map(([, name]) => name));
  const read = rules.flatMap(({ expr }) => expr.match(/\bintake_\w+/g) ?? []);
  expect(read.length).toBeGreaterThan(20);
  for (const name of read) expect(written).toContain(name.replace(/_(bucket|count|sum)$/, ""));
});

test("the paces of the error budget are those of 99.9 % over two windows each", () => {
  const burns = alerts.filter(({ alert }) => alert === "IntakeErrorBudgetBurn");
  expect(burns.map(({ labels }) => labels?.pace)).toEqual(["14.4", "6", "1"]);
  const windows = burns.map(({ expr }) => expr.match(/rate\d+\w/g));
  expect(windows).toEqual([
    ["rate1h", "rate5m"],
    ["rate6h", "rate30m"],
    ["rate3d", "rate6h"],
  ]);
});

test("every alert has a test that sees it fire", () => {
  const seen = testFiles
    .flatMap((file) => parse(readFileSync(file, "utf8")).tests)
    .flatMap((/** @type {{ alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }} */ each) =>
      (each.alert_rule_test ?? [])
        .filter((wanted) => wanted.exp_alerts.length > 0)
        .map((wanted) => wanted.alertname),
    );
  expect([...new Set(seen)].sort()).toEqual([...names].sort());
});

const promtool = findPromtool();

test.skipIf(promtool === null)(
  `the rules are Prometheus's, and fire when they should (promtool)`,
  () => {
    const tool = promtool ?? "";
    expect(run(tool, ["check", "rules", rulesFile])).toContain("SUCCESS");
    const told = run(tool, ["test", "rules", ...testFiles]);
    expect(told).toContain("SUCCESS");
    expect(told).not.toContain("FAILED");
    // Days are played through, minute by minute: 8 s of a processor.
  },
  120_000,
);

/** @param {string} program @param {string[]} args */
function run(program, args) {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    return String(Object(error).stdout) + String(Object(error).stderr);
  }
}

/** The machine's promtool, or Debian's, installed now where we may; null, said out loud, where neither can be had. */
function findPromtool() {
  const program = "/usr/bin/promtool";
  const isHere = () => run("sh", ["-c", `test -x ${program} && echo yes`]).includes("yes");
  if (!isHere() && process.getuid?.() === 0) {
    const install = `test -x ${program} || { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends prometheus; }`;
    run("flock", [join(tmpdir(), "intake-apt.lock"), "sh", "-c", install]);
  }
  if (isHere()) return program;
  process.stderr.write("No promtool here: the unit tests of the alert rules are SKIPPED.\n");
  return null;
}
