import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { createMetrics } from "../../apps/api/src/metrics";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Panel {
  id: number;
  title: string;
  datasource: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string }[];
}
const { panels }: { panels: Panel[] } = JSON.parse(read("docker/grafana/intake.json"));
const expressions = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
const metricName = /\b(?:intake|nodejs|process|probe)[_:][a-z0-9_:]+/g;

/** Every name that Prometheus can know: the product's, those the rules record, the probe's. */
function knownNames(): Set<string> {
  const names = createMetrics()
    .registry.getMetricsAsArray()
    .flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`]);
  const { groups }: { groups: { rules: { record?: string }[] }[] } = parse(
    read("docker/prometheus/rules/intake.yml"),
  );
  const recorded = groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []));
  return new Set([...names, ...recorded, "probe_success", "probe_ssl_earliest_cert_expiry"]);
}

test("every picture shows numbers that exist", () => {
  const known = knownNames();
  for (const { title, expr } of expressions) {
    const names = expr.match(metricName) ?? [];
    expect(names.length, title).toBeGreaterThan(0);
    expect(
      names.filter((name) => !known.has(name)),
      title,
    ).toEqual([]);
  }
});

test("the pages of the alerts name numbers that exist", () => {
  const known = knownNames();
  const folder = join(root, "docs/runbooks");
  const unknown = readdirSync(folder).flatMap((page) =>
    (readFileSync(join(folder, page), "utf8").match(/\bintake_[a-z0-9_]+/g) ?? [])
      // A role of the database.
      .filter((name) => name !== "intake_app" && !known.has(name))
      .map((name) => `${page}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test("the pictures stand side by side and ask the source that is provisioned", () => {
  const { datasources } = parse(read("docker/grafana/provisioning/datasources/prometheus.yml"));
  const fields = new Set<string>();
  for (const { id, datasource, gridPos } of panels) {
    expect(datasource.uid, String(id)).toBe(datasources[0].uid);
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    fields.add(`${gridPos.x} ${gridPos.y}`);
  }
  expect(fields.size).toBe(panels.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test.skipIf(!existsSync("/usr/bin/promtool"))("every question is one that Prometheus understands", () => {
  const folder = mkdtempSync(join(tmpdir(), "intake-dashboard-"));
  const rules = expressions.map(({ expr }, number) => ({
    record: `question:${number}`,
    expr: expr.replaceAll("$__rate_interval", "1m"),
  }));
  writeFileSync(join(folder, "rules.yml"), stringify({ groups: [{ name: "dashboard", rules }] }));
  try {
    const told = execFileSync("/usr/bin/promtool", ["check", "rules", join(folder, "rules.yml")], {
      encoding: "utf8",
    });
    expect(told).toContain(`SUCCESS: ${rules.length} rules found`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
