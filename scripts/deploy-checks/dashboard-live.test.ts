import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { noteBackup } from "@intake/core/operations/note-backup";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { formParts } from "../../apps/api/src/testing/multipart";
import { startTestApp, type TestApp } from "../../apps/api/src/testing/test-app";
import { findFreePort } from "../bench/processes";

const root = resolve(import.meta.dirname, "../..");
const program = "/usr/bin/prometheus";

/** What this office has not got, and whose picture is rightly empty: a probe, an archive of the log. */
const absent = /probe_success|intake_wal_archived/;

let app: TestApp;
let folder: string;
let stop = async () => {};
let url: string;
let isAway = false;

beforeAll(async () => {
  if (!existsSync(program)) return;
  app = await startTestApp({
    quotaBytes: 50_000_000,
    wrapStorage: (storage) => ({
      ...storage,
      putFile: (...input) =>
        isAway ? Promise.reject(new StorageUnavailableError({ cause: null })) : storage.putFile(...input),
    }),
  });
  folder = await mkdtemp(join(tmpdir(), "intake-prometheus-"));
  const config = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [join(root, "docker/prometheus/rules/*.yml")],
    scrape_configs: [{ job_name: "intake", static_configs: [{ targets: [`localhost:${app.port}`] }] }],
  };
  await writeFile(join(folder, "prometheus.yml"), stringify(config));
  const port = await findFreePort();
  url = `http://localhost:${port}`;
  const words = [
    "--config.file=prometheus.yml",
    "--storage.tsdb.path=data",
    `--web.listen-address=localhost:${port}`,
  ];
  const server = spawn(program, words, { cwd: folder, stdio: "ignore" });
  stop = async () => {
    server.kill("SIGTERM");
    await once(server, "exit");
    await rm(folder, { recursive: true });
    await app.close();
  };
});
afterAll(() => stop());

/** How many series answer; throws the error that Prometheus tells. */
async function ask(expression: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { status, error, data } = await answer.json();
  if (status !== "success") throw new Error(`${expression}: ${error}`);
  return data.result.length;
}

test.skipIf(!existsSync(program))(
  "a real Prometheus that reads a real office has numbers for every picture, and takes every rule",
  async () => {
    const ctx = app.effects;
    for (const kind of ["FULL", "RESTORE_TEST"] as const)
      await noteBackup(ctx, { kind, finishedAt: new Date(Date.now() - 60_000) });
    await app.submit(formParts());
    isAway = true;
    expect((await app.submit(formParts({ email: "another@mail.example" }))).status).toBe(503);
    const { panels } = JSON.parse(await readFile(join(root, "docker/grafana/intake.json"), "utf8"));
    const questions: string[] = panels
      .flatMap(({ targets }: { targets: { expr: string }[] }) => targets)
      .map(({ expr }: { expr: string }) => expr.replaceAll("$__rate_interval", "1m"))
      .filter((expression: string) => !absent.test(expression));
    expect(questions.length).toBeGreaterThan(15);
    const unanswered = async () => {
      const asked = questions.map(async (each) => ((await ask(each).catch(() => 0)) > 0 ? [] : [each]));
      return (await Promise.all(asked)).flat();
    };
    await expect.poll(unanswered, { timeout: 45_000, interval: 1_000 }).toEqual([]);
    const { groups }: { groups: { rules: { expr: string }[] }[] } = parse(
      await readFile(join(root, "docker/prometheus/rules/intake.yml"), "utf8"),
    );
    for (const { expr } of groups.flatMap(({ rules }) => rules)) await ask(expr);
    const { data } = await (await fetch(`${url}/api/v1/rules`)).json();
    const health = data.groups.flatMap(({ rules }: { rules: { health: string }[] }) =>
      rules.map((rule) => rule.health),
    );
    expect(new Set(health)).toEqual(new Set(["ok"]));
  },
  60_000,
);
