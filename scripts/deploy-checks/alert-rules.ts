import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse, stringify } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const target = resolve(root, "deploy/kubernetes/base/alerts.yaml");

/** The rules of docker/prometheus as the Prometheus Operator takes them. */
export function alertsForKubernetes(): string {
  const { groups } = parse(readFileSync(resolve(root, "docker/prometheus/rules/intake.yml"), "utf8"));
  const rule = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "intake" },
    spec: { groups },
  };
  const origin = "# Made from docker/prometheus/rules/intake.yml: npm run deploy:alerts";
  return `${origin}\n${stringify(rule, { lineWidth: 0 })}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(target, alertsForKubernetes());
