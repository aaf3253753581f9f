import type { Burst } from "./run-burst";
import type { Scenario } from "./scenarios";

export interface Rounds {
  scenario: Scenario;
  floor: Burst[];
  ours: Burst[];
}

const mostP99Ratio = 1.5;

/** One line of the result: medians over the rounds. */
export interface Line {
  name: string;
  floorPerSecond: number;
  oursPerSecond: number;
  ratio: number;
  floorP99: number;
  oursP99: number;
  p99Ratio: number;
  floorCpuMs: number;
  oursCpuMs: number;
  errors: number;
  passes: boolean;
  leastRatio: number;
}

export function summarise({ scenario, floor, ours }: Rounds): Line {
  const floorPerSecond = median(floor.map((burst) => burst.requestsPerSecond));
  const oursPerSecond = median(ours.map((burst) => burst.requestsPerSecond));
  const floorP99 = median(floor.map((burst) => burst.p99));
  const oursP99 = median(ours.map((burst) => burst.p99));
  // Floor and product of one round ran next to each other, so a noisy minute touches both.
  const ratio = median(
    ours.map((burst, round) => burst.requestsPerSecond / (floor[round]?.requestsPerSecond ?? 0)),
  );
  const errors = [...floor, ...ours].reduce((sum, burst) => sum + burst.errors, 0);
  const p99Ratio = oursP99 / floorP99;
  const passes = ratio >= scenario.leastRatio && p99Ratio <= mostP99Ratio && errors === 0;
  const { name, leastRatio } = scenario;
  const floorCpuMs = median(floor.map((burst) => burst.cpuMs));
  const oursCpuMs = median(ours.map((burst) => burst.cpuMs));
  return {
    name,
    leastRatio,
    floorCpuMs,
    oursCpuMs,
    floorPerSecond,
    oursPerSecond,
    ratio,
    floorP99,
    oursP99,
    p99Ratio,
    errors,
    passes,
  };
}

export function printTable(lines: Line[]): void {
  const header = [
    "scenario",
    "floor req/s",
    "ours req/s",
    "ratio",
    "bound",
    "floor p99 ms",
    "ours p99 ms",
    "ratio",
    "bound",
    "floor CPU ms",
    "ours CPU ms",
    "errors",
    "",
  ];
  const rows = lines.map((line) => [
    line.name,
    ...[Math.round(line.floorPerSecond), Math.round(line.oursPerSecond)].map((rate) =>
      rate.toLocaleString("en"),
    ),
    line.ratio.toFixed(2),
    `≥ ${line.leastRatio}`,
    line.floorP99.toFixed(0),
    line.oursP99.toFixed(0),
    line.p99Ratio.toFixed(2),
    `≤ ${mostP99Ratio}`,
    line.floorCpuMs.toFixed(2),
    line.oursCpuMs.toFixed(2),
    String(line.errors),
    line.passes ? "holds" : "MISSED",
  ]);
  printColumns([header, ...rows]);
}

/** A number with an upper or a lower bound. */
export interface Fact {
  name: string;
  value: number;
  most?: number;
  least?: number;
  unit: string;
  passes: boolean;
}

export function fact(name: string, input: Omit<Fact, "name" | "passes">): Fact {
  const { value, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY } = input;
  return { name, ...input, passes: value <= most && value >= least };
}

export function printFacts(facts: Fact[]): void {
  const rows = facts.map(({ name, value, most, least, unit, passes }) => [
    name,
    `${value.toFixed(unit === "×" ? 2 : 1)} ${unit}`,
    most === undefined ? `≥ ${least} ${unit}` : `≤ ${most} ${unit}`,
    passes ? "holds" : "MISSED",
  ]);
  printColumns([["number", "measured", "bound", ""], ...rows]);
}

/** A table in Markdown; the first row is its head. */
export function printColumns([header = [], ...rows]: string[][]): void {
  if (rows.length === 0) return;
  console.log(
    [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
  );
}

export function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
