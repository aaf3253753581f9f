import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readSettings, settingNames } from "../../apps/api/src/start/settings";
import { readCommands } from "../drills/docker/commands-of-docs";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Service {
  image?: string;
  ports?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  logging?: unknown;
  networks?: string[];
  secrets?: string[];
  environment?: Record<string, string>;
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

const compose: Compose = parse(read("docker/compose.yml"), { merge: true });
const services = Object.entries(compose.services);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "intake compose "));
  cpSync(join(root, "docker/make-secrets.sh"), join(folder, "make-secrets.sh"));
  execFileSync("sh", [join(folder, "make-secrets.sh")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(services)("%s has only what it needs", (_name, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    logging: { options: { "max-size": expect.any(String), "max-file": expect.any(String) } },
    mem_limit: expect.stringMatching(/^\d+[mg]$/),
    pids_limit: expect.any(Number),
  });
  expect(service.image).not.toMatch(/:latest$/);
});

test("only the proxy can be reached, and the database and the files from inside alone", () => {
  const isOpen = (port: string) => !port.startsWith("127.0.0.1:");
  expect(services.filter(([, { ports }]) => ports?.some(isOpen)).map(([name]) => name)).toEqual(["proxy"]);
  for (const name of ["postgres", "backup", "storage", "migrate", "prometheus"])
    expect(compose.services[name]?.networks, name).toEqual(["inside"]);
});

test("the owner of the tables is with migrate alone", () => {
  const holders = services.filter(([, { secrets }]) => secrets?.includes("database_migration_url"));
  expect(holders.map(([name]) => name)).toEqual(["migrate"]);
});

test("make-secrets.sh makes every secret of the file, for its owner alone, and none twice", () => {
  expect(statSync(join(folder, "secrets")).mode & 0o777).toBe(0o700);
  const before = Object.values(compose.secrets).map(({ file }) => readFileSync(join(folder, file), "utf8"));
  expect(new Set(before).size).toBe(before.length);
  execFileSync("sh", [join(folder, "make-secrets.sh")]);
  expect(Object.values(compose.secrets).map(({ file }) => readFileSync(join(folder, file), "utf8"))).toEqual(
    before,
  );
  const url = new URL(readFileSync(join(folder, "secrets/database_url"), "utf8").trim());
  expect(url.password).toBe(readFileSync(join(folder, "secrets/database_office_password"), "utf8").trim());
});

describe("the examples of settings", () => {
  const example = (name: string) => parseEnv(read(`docker/settings/${name}.env.example`));
  /** As compose hands them over, the secrets as files. */
  const settingsOf = (name: string) => {
    writeFileSync(join(folder, "secrets/postmark_token"), "token\n");
    const environment = Object.entries(compose.services["api-a"]?.environment ?? {}).map(
      ([key, value]) => [key, value.replace("/run/secrets", join(folder, "secrets"))] as const,
    );
    return readSettings({ ...example(name), ...Object.fromEntries(environment) });
  };

  test.each(["development", "staging", "production"])("%s names only settings that exist", (name) => {
    expect(Object.keys(example(name)).filter((key) => !settingNames.includes(key))).toEqual([]);
  });

  test("production is complete, and mail goes to everybody", () => {
    expect(settingsOf("production")).toMatchObject({
      ...{ mode: "production", mail: "postmark", scanner: "clamav", staging: null, trustProxy: 1 },
      storage: { kind: "s3", bucket: "resumes" },
    });
  });

  test("staging is as strict and mails nobody but those it names", () => {
    expect(settingsOf("staging")).toMatchObject({
      mode: "production",
      staging: { recipients: ["ruth@example.com", "@testers.example.com"] },
    });
  });

  test("development works with the servers of compose.dev.yml", () => {
    const settings = readSettings(example("development"));
    const dev: Compose = parse(read("docker/compose.dev.yml"));
    const published = Object.values(dev.services).flatMap(({ ports }) => ports ?? []);
    expect(published.every((port) => port.startsWith("127.0.0.1:"))).toBe(true);
    for (const port of [
      new URL(settings.databaseUrl ?? "").port,
      new URL(settings.clamav.address).port,
      "7070",
    ])
      expect(
        published.some((address) => address.split(":")[1] === port),
        port,
      ).toBe(true);
  });
});

test("the proxy speaks TLS 1.2 or newer, holds no live update back and tells its instances apart", () => {
  const caddyfile = read("docker/services/Caddyfile");
  expect(caddyfile).toMatch(/protocols tls1\.2 tls1\.3/);
  expect(caddyfile).toMatch(/flush_interval -1/);
  expect(caddyfile).toMatch(/health_uri \/readyz/);
  const [, upstreams = ""] = /reverse_proxy (.*) \{/.exec(caddyfile) ?? [];
  for (const upstream of upstreams.split(" "))
    expect(compose.services, upstream).toHaveProperty(upstream.replace(":3000", ""));
});

test("the page has every block of commands that the drill follows", async () => {
  const drill = ["docker.ts", "docker/losses.ts"].map((path) => read(`scripts/drills/${path}`)).join("\n");
  const blocks = [...drill.matchAll(/follow\(office, "(\w+)"\)/g)].map(([, name]) => name ?? "");
  expect(blocks.length).toBeGreaterThan(6);
  for (const block of blocks)
    expect(await readCommands(join(root, "docs/operations.md"), block)).toMatch(/\S/);
});
