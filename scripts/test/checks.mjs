import { join } from "node:path";
import { cacheFolder } from "../setup/project.mjs";

/**
 * A tool's report of single tests, in JSON. Without one, a check counts as one.
 * @typedef {{ format: "vitest" | "playwright"; file: string }} Report
 */

/**
 * One check of `npm test`. `minutes`: after them it counts as hanging. `usesBuild`: it starts the built product, and with
 * "only" it has nothing to do without it.
 * @typedef {{
 *   name: string;
 *   title: string;
 *   command: string[];
 *   minutes: number;
 *   usesBuild?: "also" | "only";
 *   report?: Report;
 *   env?: NodeJS.ProcessEnv;
 * }} Check
 */

const reports = join(cacheFolder, "reports");
const unitReport = join(reports, "unit.json");
const journeyReport = join(reports, "e2e.json");

/** Everything `npm test` does, in this order. @type {Check[]} */
export const checks = [
  {
    name: "lint",
    title: "Format and lint",
    command: ["biome", "check", "--error-on-warnings", "."],
    minutes: 2,
  },
  {
    name: "types",
    title: "Types",
    command: ["turbo", "run", "check:types", "//#check:scripts", "--output-logs=errors-only", "--continue"],
    minutes: 4,
  },
  { name: "walls", title: "Who may import whom", command: ["node", "scripts/check-walls.mjs"], minutes: 1 },
  { name: "dead", title: "Dead code and dependencies", command: ["knip"], minutes: 2 },
  {
    name: "build",
    title: "Build",
    command: ["turbo", "run", "build", "--output-logs=errors-only"],
    minutes: 4,
    env: { NODE_ENV: "production" },
  },
  {
    name: "weight",
    title: "JavaScript of each route",
    command: ["node", "scripts/check-weight.mjs"],
    minutes: 1,
    usesBuild: "only",
  },
  {
    name: "unit",
    title: "Unit and integration tests, with coverage",
    command: [
      "vitest",
      "run",
      "--coverage",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${unitReport}`,
    ],
    minutes: 18,
    usesBuild: "also",
    report: { format: "vitest", file: unitReport },
  },
  {
    name: "e2e",
    title: "Whole journeys in a browser",
    command: [
      "apps/e2e/node_modules/.bin/playwright",
      "test",
      "--config=apps/e2e/playwright.config.ts",
      "--reporter=list,json",
    ],
    minutes: 13,
    usesBuild: "only",
    report: { format: "playwright", file: journeyReport },
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: journeyReport },
  },
];
