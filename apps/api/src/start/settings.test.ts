import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "./settings";

const production = {
  NODE_ENV: "production",
  AUTH_SECRET: createHash("sha256").update("a test").digest("base64"),
  PUBLIC_URL: "https://intake.calderrowe.example/",
  DATABASE_URL: "postgresql://intake:x@db/intake",
  MAIL: "postmark",
  MAIL_FROM: "Calder & Rowe <intake@calderrowe.example>",
  POSTMARK_TOKEN: "token",
  SCANNER: "none",
  OFFICE_NAME: "Calder & Rowe",
  METRICS_TOKEN: "a-token-for-metrics",
  MASTER_KEYS: `2026-11:${createHash("sha256").update("a master key").digest("base64")}`,
};

const randomKey = () => randomBytes(32).toString("base64");
const sameKey = randomKey();

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe("development", () => {
  test("does not take the mailbox path that Unix logins set for a choice of ours", () => {
    expect(readSettings({ MAIL: "/var/mail/ana" }).mail).toBe("file");
    expect(problemsOf({ MAIL: "sendmail" })).toHaveLength(1);
  });

  test("needs nothing", () => {
    expect(readSettings({})).toMatchObject({
      mode: "development",
      port: 3000,
      dataDirectory: ".data",
      databaseUrl: null,
      publicUrl: "http://localhost:3000",
      firstAdmin: null,
      storage: { kind: "disk" },
      resumeLimits: { maxBytes: 5_242_880, formats: ["PDF", "DOC", "DOCX"] },
      storageQuotaBytes: null,
      mail: "file",
      scanner: "none",
      clamav: { address: "tcp://127.0.0.1:3310", timeoutSeconds: 10 },
      leadNotify: null,
      trustProxy: 0,
      isRateLimited: true,
      logLevel: "info",
      hasDevServer: false,
    });
  });

  test("single sign-on is all there or not at all, over https but for this machine", () => {
    const good = {
      ...{
        OIDC_ISSUER: "https://login.example",
        OIDC_CLIENT_ID: "intake",
        OIDC_CLIENT_SECRET: "s",
        OIDC_NAME: "Contoso",
      },
      OIDC_ALLOWED_DOMAINS: "Contoso.example, firm.example",
    };
    expect(readSettings(good).oidc).toMatchObject({
      issuer: new URL("https://login.example"),
      allowedDomains: ["contoso.example", "firm.example"],
      defaultRole: "READ_ONLY",
    });
    expect(readSettings({}).oidc).toBeNull();
    expect(problemsOf({ OIDC_ISSUER: good.OIDC_ISSUER })).toHaveLength(3);
    expect(problemsOf({ OIDC_NAME: "Contoso", OIDC_ALLOWED_DOMAINS: "x.example" })).toHaveLength(2);
    expect(problemsOf({ ...good, OIDC_DEFAULT_ROLE: "ADMIN" })).toHaveLength(1);
    expect(problemsOf({ ...good, OIDC_ALLOWED_DOMAINS: "*, contoso" })).toHaveLength(2);
    expect(problemsOf({ ...good, OIDC_ISSUER: "http://login.example" })).toHaveLength(1);
    expect(problemsOf({ ...good, OIDC_ISSUER: "http://localhost:4000" })).toEqual([]);
  });

  test("variables that are set to nothing count as not set", () => {
    expect(readSettings({ PORT: "", DATABASE_URL: "", LEAD_NOTIFY: "", TRUST_PROXY: "" })).toEqual(
      readSettings({}),
    );
  });

  test("an owner of the tables needs the login that is not", () => {
    expect(problemsOf({ DATABASE_MIGRATION_URL: "postgresql://owner:x@db/intake" })).toEqual([
      "DATABASE_URL is needed beside DATABASE_MIGRATION_URL",
    ]);
  });

  test("replicas are a list, and the direct way is the usual one unless another is set", () => {
    const url = "postgresql://intake:x@db/intake";
    expect(readSettings({ DATABASE_URL: url })).toMatchObject({
      databaseReplicaUrls: [],
      databaseDirectUrl: url,
    });
    const at = (host: string) => url.replace("db", host);
    const [one, two, direct] = [at("one"), at("two"), at("direct")] as const;
    const set = { DATABASE_URL: url, DATABASE_REPLICA_URL: `${one}, ${two}`, DATABASE_DIRECT_URL: direct };
    expect(readSettings(set)).toMatchObject({ databaseReplicaUrls: [one, two], databaseDirectUrl: direct });
    expect(problemsOf({ ...set, DATABASE_URL: "" })).toEqual([
      "DATABASE_URL is needed beside DATABASE_DIRECT_URL",
      "DATABASE_URL is needed beside DATABASE_REPLICA_URL",
    ]);
  });

  test("reads what is set", () => {
    const settings = readSettings({
      PORT: "8080",
      PUBLIC_URL: "https://x.example//",
      LEAD_NOTIFY: "a@x.example, b@x.example",
      TRUST_PROXY: "2",
      RATE_LIMITS: "off",
      RESUME_MAX_MEGABYTES: "2",
      RESUME_FORMATS: "docx, pdf",
      STORAGE_QUOTA_GIGABYTES: "0.5",
      ADMIN_EMAIL: "a@x.example",
      ADMIN_PASSWORD: "three wise old herons",
    });
    expect(settings).toMatchObject({
      port: 8080,
      publicUrl: "https://x.example",
      leadNotify: ["a@x.example", "b@x.example"],
      trustProxy: 2,
      isRateLimited: false,
      resumeLimits: { maxBytes: 2 * 1024 ** 2, formats: ["PDF", "DOCX"] },
      storageQuotaBytes: 512 * 1024 ** 2,
      firstAdmin: { email: "a@x.example", password: "three wise old herons" },
    });
    expect(readSettings({ TRUST_PROXY: "10.0.0.1, 10.0.0.2" }).trustProxy).toEqual(["10.0.0.1", "10.0.0.2"]);
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["DATABASE_URL", "mysql://x"],
    ["DATABASE_DIRECT_URL", "db:5432"],
    ["DATABASE_REPLICA_URL", "postgresql://db/intake, db:5432"],
    ["PUBLIC_URL", "localhost:3000"],
    ["AUTH_SECRET", "c2hvcnQ="],
    ["AUTH_SECRET", Buffer.from("changeme".repeat(4)).toString("base64")],
    ["ADMIN_PASSWORD", "short"],
    ["ADMIN_EMAIL", "ruth"],
    ["STORAGE", "floppy"],
    ["MASTER_KEYS", "just a key"],
    ["MASTER_KEYS", "2026-11:c2hvcnQ="],
    ["MASTER_KEYS", `Two Words:${randomKey()}`],
    ["MASTER_KEYS", `2026-11:${Buffer.from("changeme".repeat(4)).toString("base64")}`],
    ["MASTER_KEYS", `2026-11:${randomKey()},2026-11:${randomKey()}`],
    ["MASTER_KEYS", `2026-11:${sameKey},2025-11:${sameKey}`],
    ["KMS_KEY_ARN", "arn:aws:kms:eu-central-1:123456789012:alias/intake"],
    ["KMS_KEY_ARN", "1234abcd-12ab-34cd-56ef-1234567890ab"],
    ["KMS_ENDPOINT", "http://localhost:8080"],
    ["KMS_ENDPOINT", "http://kms.example"],
    ["RESUME_MAX_MEGABYTES", "0"],
    ["RESUME_MAX_MEGABYTES", "26"],
    ["RESUME_FORMATS", "PDF, EXE"],
    ["RESUME_FORMATS", "DOCX"],
    ["STORAGE_QUOTA_GIGABYTES", "-1"],
    ["MAIL", "pigeon"],
    ["SCANNER", "guess"],
    ["CLAMAV_ADDRESS", "http://clamav:3310"],
    ["SCANNER_TIMEOUT_SECONDS", "0"],
    ["LEAD_NOTIFY", "a@x.example, b"],
    ["TRUST_PROXY", "true"],
    ["RATE_LIMITS", "no"],
    ["LOG_LEVEL", "loud"],
    ["OFFICE_TIME_ZONE", "Mars/Olympus"],
    ["METRICS_TOKEN", "short"],
    ["DATABASE_POOL", "1"],
  ])("%s=%s is refused by name, without repeating a secret", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems.join("\n")).toMatch(new RegExp(`^${name} `));
    if (/SECRET|PASSWORD|TOKEN|KEYS/.test(name)) expect(problems.join("\n")).not.toContain(value);
  });

  test("an admin needs both of its variables, Postmark both of its own", () => {
    expect(problemsOf({ ADMIN_EMAIL: "a@x.example" })).toEqual([
      "ADMIN_EMAIL and ADMIN_PASSWORD go together",
    ]);
    expect(problemsOf({ MAIL: "postmark" })).toHaveLength(2);
  });
});

describe("master keys", () => {
  test("the first is the current one, KMS comes before the environment", () => {
    const arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const { encryption } = readSettings({
      MASTER_KEYS: ` 2026-11:${sameKey}, 2025-11:${randomKey()}`,
      KMS_KEY_ARN: arn,
    });
    expect(encryption.keys.map(({ name }) => name)).toEqual(["2026-11", "2025-11"]);
    expect(encryption.keys[0]?.bytes.toString("base64")).toBe(sameKey);
    expect(encryption.kms).toEqual({ arns: [arn], endpoint: undefined, credentials: undefined });
    expect(readSettings({}).encryption).toMatchObject({ keys: [], kms: { arns: [] } });
  });

  test("production takes either", () => {
    const arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(readSettings({ ...production, MASTER_KEYS: "", KMS_KEY_ARN: arn }).encryption.kms.arns).toEqual([
      arn,
    ]);
  });
});

describe("production", () => {
  test("starts with everything set", () => {
    expect(readSettings(production)).toMatchObject({
      mode: "production",
      publicUrl: "https://intake.calderrowe.example",
    });
  });

  test.each([
    "AUTH_SECRET",
    "MASTER_KEYS",
    "PUBLIC_URL",
    "DATABASE_URL",
    "MAIL",
    "SCANNER",
    "OFFICE_NAME",
    "METRICS_TOKEN",
  ])("refuses to start without %s", (name) => {
    const problems = problemsOf({ ...production, [name]: "" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  test.each([
    ["PUBLIC_URL", "http://intake.calderrowe.example"],
    ["MAIL", "file"],
    ["RATE_LIMITS", "off"],
    ["INTAKE_DEV_SERVER", "1"],
    ["AUTH_SECRET", "c2hvcnQ="],
  ])("refuses %s=%s", (name, value) => {
    const problems = problemsOf({ ...production, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  test("names every problem at once, one a line", () => {
    const problems = problemsOf({ NODE_ENV: "production" });
    expect(problems).toHaveLength(8);
    expect(new SettingsError(problems).message.split("\n")).toHaveLength(9);
    // What cannot be read hides nothing else, and is named once.
    const mixed = problemsOf({ NODE_ENV: "production", PORT: "http", PUBLIC_URL: "ftp://x" });
    expect(mixed.map((problem) => problem.split(" ")[0])).toEqual([
      "PORT",
      "PUBLIC_URL",
      ...problems.map((problem) => problem.split(" ")[0]).filter((name) => name !== "PUBLIC_URL"),
    ]);
  });
});
