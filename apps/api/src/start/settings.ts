import { roleSchema } from "@intake/core/auth/schema";
import { readClamdAddress } from "@intake/scanner/clamd-address";
import { z } from "zod";
import { databaseVariables, findDatabaseProblems, readDatabase } from "./database-settings";
import { encryptionVariables, findEncryptionProblems, readEncryption } from "./encryption-settings";
import { isGuessable } from "./guessable";
import { limitVariables, readLimits } from "./limit-settings";
import { readSecretFiles } from "./secret-files";
import { readSeeing, seeingVariables } from "./seeing-settings";
import { findStagingProblems, readStaging, stagingVariables } from "./staging-settings";
import { findStorageProblems, readStorage, storageVariables } from "./storage-settings";
import { optional, wholeNumber } from "./variable";

const flag = z.enum(["on", "off"]);
const address = z.email("must be a complete email address");

const mailDriver = optional(z.enum(["file", "postmark"]));

const environmentSchema = z.object({
  NODE_ENV: optional(z.enum(["development", "test", "production"])),
  PORT: optional(wholeNumber.min(0).max(65_535)),
  DATA_DIR: optional(z.string()),
  ...databaseVariables,
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: "must be an http(s) address" })),
  AUTH_SECRET: optional(z.string()),
  ADMIN_EMAIL: optional(address),
  ADMIN_PASSWORD: optional(z.string().min(12, "must have at least 12 characters")),
  ...storageVariables,
  ...encryptionVariables,
  ...limitVariables,
  ...stagingVariables,
  ...seeingVariables,
  // Unix logins set MAIL to the path of the user's mailbox; that says nothing about us.
  MAIL: z.preprocess((value) => (String(value ?? "").startsWith("/") ? undefined : value), mailDriver),
  MAIL_FROM: optional(z.string()),
  POSTMARK_TOKEN: optional(z.string()),
  POSTMARK_STREAM: optional(z.string()),
  POSTMARK_URL: optional(z.url({ protocol: /^https?$/ })),
  SCANNER: optional(z.enum(["none", "clamav"])),
  CLAMAV_ADDRESS: optional(
    z.string().refine((value) => readClamdAddress(value) !== null, "must be tcp://host:port or unix:/path"),
  ),
  // Five files of one batch must end before their jobs expire.
  SCANNER_TIMEOUT_SECONDS: optional(wholeNumber.min(1).max(20)),
  LEAD_NOTIFY: optional(z.string()),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/, error: "must be the provider's https:// address" })),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_NAME: optional(z.string().max(40, "must have at most 40 characters")),
  OIDC_ALLOWED_DOMAINS: optional(z.string()),
  OIDC_DEFAULT_ROLE: optional(roleSchema.exclude(["ADMIN"], "must be ATTORNEY, INTAKE or READ_ONLY")),
  TRUST_PROXY: optional(
    z
      .string()
      .refine((value) => value !== "true", "must be a number of proxies or a list of addresses, never true"),
  ),
  RATE_LIMITS: optional(flag),
  LOG_LEVEL: optional(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])),
  OFFICE_NAME: optional(z.string().max(100)),
  OFFICE_PHONE: optional(z.string().max(40)),
  OFFICE_TIME_ZONE: optional(
    z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/London"),
  ),
  METRICS_TOKEN: optional(z.string().min(16, "must have at least 16 characters")),
  INTAKE_DEV_SERVER: optional(z.literal("1")),
});
type Environment = z.output<typeof environmentSchema>;

/** Every variable this product knows. */
export const settingNames = Object.keys(environmentSchema.shape);

export type HostSettings = ReturnType<typeof withDefaults>;

/** Thrown with every problem at once, one a line. */
export class SettingsError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `Intake cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
    this.name = "SettingsError";
  }
}

/**
 * The settings of this process; `NAME_FILE` names a file that holds `NAME`. Production refuses unsafe or missing ones. Throws
 * SettingsError.
 */
export function readSettings(variables: Record<string, string | undefined>): HostSettings {
  const { environment, problems: unread } = readSecretFiles(variables, settingNames);
  const issues = environmentSchema.safeParse(environment).error?.issues ?? [];
  const unreadable = new Map(issues.map((issue) => [issue.path.join("."), issue.message]));
  // What can be read is judged in the same run, so that one start tells everything.
  const readable = Object.entries(environment).filter(([name]) => !unreadable.has(name));
  const env = environmentSchema.parse(Object.fromEntries(readable));
  const judged = [
    ...findProblems(env),
    ...(env.NODE_ENV === "production" ? findProductionProblems(env) : []),
  ];
  const problems = [
    ...unread,
    ...[...unreadable].map(([name, message]) => `${name} ${message}`),
    ...judged.filter((problem) => !unreadable.has(problem.split(/[ =]/)[0] ?? "")),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return withDefaults(env);
}

function withDefaults(env: Environment) {
  const port = env.PORT ?? 3000;
  return {
    mode: env.NODE_ENV ?? "development",
    port,
    dataDirectory: env.DATA_DIR ?? ".data",
    ...readDatabase(env),
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ""),
    authSecret: env.AUTH_SECRET ?? null,
    firstAdmin:
      env.ADMIN_EMAIL && env.ADMIN_PASSWORD ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD } : null,
    storage: readStorage(env),
    encryption: readEncryption(env),
    ...readLimits(env),
    staging: readStaging(env),
    ...readSeeing(env),
    mail: env.MAIL ?? "file",
    mailFrom: env.MAIL_FROM ?? "Intake <intake@localhost>",
    postmark: {
      serverToken: env.POSTMARK_TOKEN ?? "",
      messageStream: env.POSTMARK_STREAM ?? "outbound",
      url: new URL(env.POSTMARK_URL ?? "https://api.postmarkapp.com"),
    },
    scanner: env.SCANNER ?? "none",
    clamav: {
      address: env.CLAMAV_ADDRESS ?? "tcp://127.0.0.1:3310",
      timeoutSeconds: env.SCANNER_TIMEOUT_SECONDS ?? 10,
    },
    leadNotify: env.LEAD_NOTIFY?.split(",").map((entry) => entry.trim()) ?? null,
    oidc: readOidc(env),
    trustProxy: readTrustProxy(env.TRUST_PROXY),
    isRateLimited: env.RATE_LIMITS !== "off",
    logLevel: env.LOG_LEVEL ?? "info",
    officeName: env.OFFICE_NAME ?? "Calder & Rowe",
    officePhone: env.OFFICE_PHONE ?? null,
    officeTimeZone: env.OFFICE_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    metricsToken: env.METRICS_TOKEN ?? null,
    hasDevServer: env.INTAKE_DEV_SERVER === "1",
  };
}

function findProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (env.AUTH_SECRET && Buffer.from(env.AUTH_SECRET, "base64").length < 32) {
    problems.push("AUTH_SECRET must be at least 32 random bytes in base64 (openssl rand -base64 32)");
  } else if (env.AUTH_SECRET && isGuessable(Buffer.from(env.AUTH_SECRET, "base64"))) {
    problems.push("AUTH_SECRET is not random: make one with openssl rand -base64 32");
  }
  if (env.MAIL === "postmark" && !env.POSTMARK_TOKEN)
    problems.push("POSTMARK_TOKEN is needed when MAIL=postmark");
  if (env.MAIL === "postmark" && !env.MAIL_FROM) problems.push("MAIL_FROM is needed when MAIL=postmark");
  problems.push(...findDatabaseProblems(env));
  if (Boolean(env.ADMIN_EMAIL) !== Boolean(env.ADMIN_PASSWORD))
    problems.push("ADMIN_EMAIL and ADMIN_PASSWORD go together");
  for (const entry of env.LEAD_NOTIFY?.split(",") ?? []) {
    if (!address.safeParse(entry.trim()).success)
      problems.push("LEAD_NOTIFY must be email addresses separated by commas");
  }
  problems.push(...findStorageProblems(env), ...findEncryptionProblems(env), ...findOidcProblems(env));
  problems.push(...findStagingProblems(env));
  return problems;
}

const oidcNames = ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"] as const;

function findOidcProblems(env: Environment): string[] {
  const problems = oidcNames
    .filter((name) => Boolean(env[name]) !== Boolean(env.OIDC_ISSUER))
    .map((name) => (env[name] ? `${name} needs OIDC_ISSUER` : `${name} is needed with OIDC_ISSUER`));
  if (!env.OIDC_ISSUER && (env.OIDC_ALLOWED_DOMAINS || env.OIDC_DEFAULT_ROLE))
    problems.push("OIDC_ALLOWED_DOMAINS and OIDC_DEFAULT_ROLE need OIDC_ISSUER");
  for (const domain of readDomains(env)) {
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
      problems.push("OIDC_ALLOWED_DOMAINS must be domains separated by commas, such as firm.com");
  }
  const issuer = env.OIDC_ISSUER === undefined ? null : new URL(env.OIDC_ISSUER);
  const isLocal = issuer !== null && ["localhost", "127.0.0.1", "[::1]"].includes(issuer.hostname);
  if (issuer?.protocol === "http:" && (!isLocal || env.NODE_ENV === "production"))
    problems.push("OIDC_ISSUER must be an https:// address");
  return problems;
}

function readDomains(env: Environment): string[] {
  return env.OIDC_ALLOWED_DOMAINS?.split(",").map((domain) => domain.trim().toLowerCase()) ?? [];
}

function readOidc(env: Environment) {
  if (!env.OIDC_ISSUER) return null;
  return {
    issuer: new URL(env.OIDC_ISSUER),
    clientId: env.OIDC_CLIENT_ID ?? "",
    clientSecret: env.OIDC_CLIENT_SECRET ?? "",
    name: env.OIDC_NAME ?? "",
    allowedDomains: readDomains(env),
    defaultRole: env.OIDC_DEFAULT_ROLE ?? "READ_ONLY",
  };
}

function findProductionProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (!env.AUTH_SECRET)
    problems.push("AUTH_SECRET must be set: 32 random bytes in base64 (openssl rand -base64 32)");
  if (!env.MASTER_KEYS && !env.KMS_KEY_ARN)
    problems.push(
      "MASTER_KEYS or KMS_KEY_ARN must be set: files are encrypted (NAME:$(openssl rand -base64 32))",
    );
  if (!env.PUBLIC_URL?.startsWith("https://"))
    problems.push("PUBLIC_URL must be the https:// address people open");
  if (env.MAIL !== "postmark") problems.push("MAIL must be postmark: the file mailbox is for development");
  if (!env.DATABASE_URL) problems.push("DATABASE_URL must name the Postgres server");
  if (!env.SCANNER) problems.push("SCANNER must be chosen: none means that resumes are opened unchecked");
  if (!env.OFFICE_NAME) problems.push("OFFICE_NAME must be the name prospects know the office by");
  if (!env.METRICS_TOKEN) problems.push("METRICS_TOKEN must protect /metrics");
  if (env.RATE_LIMITS === "off") problems.push("RATE_LIMITS=off is for benchmarks only");
  if (env.INTAKE_DEV_SERVER) problems.push("INTAKE_DEV_SERVER is for development only");
  return problems;
}

/** A number of proxies, or a list of their addresses; Express takes both. */
function readTrustProxy(value: string | undefined): number | string[] {
  if (value === undefined) return 0;
  return /^\d+$/.test(value) ? Number(value) : value.split(",").map((entry) => entry.trim());
}

function isTimeZone(zone: string): boolean {
  return Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC";
}
