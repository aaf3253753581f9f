import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { commandNames } from "../../apps/api/src/start/operator-commands";
import { settingNames } from "../../apps/api/src/start/settings";
import { readFolder } from "./terraform-references";

const folder = resolve(import.meta.dirname, "../../deploy/terraform");
const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

describe.each(["plan", "aws", "azure"])("terraform %s", (name) => {
  test("names nothing that is not there", async () => {
    const { declared, references } = await readFolder(join(folder, name));
    const { outputs } = (await readFolder(join(folder, "plan"))).declared;
    for (const output of outputs) declared.names.add(`module.plan.${output}`);
    expect(references.size).toBeGreaterThan(4);
    expect([...references].filter((reference) => !declared.names.has(reference))).toEqual([]);
  });

  test("declares nothing that nobody uses", async () => {
    const { declared, references } = await readFolder(join(folder, name));
    expect([...declared.wanted].filter((each) => !references.has(each))).toEqual([]);
  });
});

test("a name that is not there is found, a use in words is none", async () => {
  const wrong = mkdtempSync(join(tmpdir(), "intake-terraform-"));
  const lines = [
    'variable "a" {}',
    `output "b" { value = "\${var.a} var.c \${var.d}-\${aws_s3_bucket.e.id}" }`,
  ];
  writeFileSync(join(wrong, "main.tf"), lines.join("\n"));
  const { references } = await readFolder(wrong);
  rmSync(wrong, { recursive: true, force: true });
  expect([...references].sort()).toEqual(["aws_s3_bucket.e", "var.a", "var.d"]);
});

test("the product is given settings that it knows", () => {
  const service = readFileSync(join(folder, "aws/service.tf"), "utf8");
  const secrets = readFileSync(join(folder, "aws/secrets.tf"), "utf8");
  const named = [...`${service}${secrets}`.matchAll(/^ {4}([A-Z][A-Z0-9_]+) *=/gm)].map(
    ([, setting]) => setting,
  );
  const given = [...secrets.matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, setting]) => setting);
  expect(named.length).toBeGreaterThan(10);
  for (const setting of [...named, ...given]) expect(settingNames).toContain(setting);
});

test("every empty volume takes the owner that its image gives the folder (ECS, VOLUME)", () => {
  const service = readFileSync(join(folder, "aws/service.tf"), "utf8");
  const docker = resolve(folder, "../../docker");
  const files = ["Dockerfile", "services/Dockerfile"].map((name) => readFileSync(join(docker, name), "utf8"));
  const declared = files.flatMap((text) =>
    [...text.matchAll(/^VOLUME (\[.*\])$/gm)].flatMap(([, list]) => JSON.parse(list ?? "[]")),
  );
  const mounted = [...service.matchAll(/containerPath = "([^"]+)"/g)].map(([, path]) => path);
  expect(mounted.length).toBeGreaterThan(3);
  expect(mounted.filter((path) => !declared.includes(path))).toEqual([]);
});

test("the weekly proof of a restore goes nowhere that is not there, and ends by deleting what it made", () => {
  const text = readFileSync(join(folder, "aws/backups.tf"), "utf8");
  const machine = /definition = jsonencode\(\{([\s\S]*?)\n {2}\}\)/.exec(text)?.[1] ?? "";
  const states = [...machine.matchAll(/^ {6}(\w+) += (?:\{|merge)/gm)].map(([, name]) => name ?? "");
  const named = [...machine.matchAll(/(?:Next|Default|StartAt) += "(\w+)"/g)].map(([, name]) => name ?? "");
  expect(states.length).toBeGreaterThan(8);
  expect([...new Set(named)].sort()).toEqual([...states].sort());
  expect(machine).toMatch(/ Delete +=.*End = true/);
  const commands = [...text.matchAll(/["']((?:backup|restore):\w+)["']/g)].map(([, name]) => name);
  expect(commands).toEqual(["backup:note", "restore:prove"]);
  for (const command of commands) expect(commandNames).toContain(command);
});

test("what guards the data stands in the files", () => {
  const aws = ["database.tf", "storage.tf", "balancer.tf", "service.tf"].map((name) =>
    readFileSync(join(folder, "aws", name), "utf8").replaceAll(/ +/g, " "),
  );
  const azure = ["database.tf", "storage.tf"].map((name) =>
    readFileSync(join(folder, "azure", name), "utf8").replaceAll(/ +/g, " "),
  );
  for (const line of [
    "multi_az = true",
    "storage_encrypted = true",
    "publicly_accessible = false",
    "block_public_acls = true",
    "restrict_public_buckets = true",
    'status = "Enabled"',
    "aws:SecureTransport",
    "ELBSecurityPolicy-TLS13-1-2",
    "readonlyRootFilesystem = true",
    "rds.force_ssl",
  ])
    expect(aws.join("\n")).toContain(line);
  for (const line of [
    "versioning_enabled = true",
    'min_tls_version = "TLS1_2"',
    "public_network_access_enabled = false",
    'mode = "ZoneRedundant"',
  ])
    expect(azure.join("\n")).toContain(line);
});

// Terraform comes neither from npm nor from Debian: its own checks run where it is installed.
describe.skipIf(!hasTerraform)("terraform itself", () => {
  test("would format nothing differently", () => {
    expect(execFileSync("terraform", ["fmt", "-check", "-recursive", folder], { encoding: "utf8" })).toBe("");
  });

  test("passes the plan's tests", () => {
    const copy = mkdtempSync(join(tmpdir(), "intake-terraform-"));
    try {
      cpSync(join(folder, "plan"), copy, { recursive: true });
      execFileSync("terraform", ["init", "-input=false", "-backend=false"], { cwd: copy, stdio: "pipe" });
      expect(
        execFileSync("terraform", ["test", "-no-color"], { cwd: copy, encoding: "utf8", stdio: "pipe" }),
      ).toMatch(/Success! \d+ passed, 0 failed/);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }, 60_000);
});
