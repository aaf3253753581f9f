import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { hasClamd, startClamd } from "@intake/scanner/testing/start-clamd";
import { startOddServer } from "@intake/scanner/testing/start-odd-server";
import { createDiskStorage } from "@intake/storage/disk-storage";
import { createEncryptedStorage } from "@intake/storage/encryption/encrypted-storage";
import { createMasterKeys, createOwnMasterKey } from "@intake/storage/encryption/master-keys";
import { createS3Storage } from "@intake/storage/s3-storage";
import { startCephGateway } from "@intake/storage/testing/ceph-gateway";
import { explainMissingCeph } from "@intake/storage/testing/find-ceph";
import { findFreePort } from "../../bench/processes";
import { type Line, openLine } from "./line";
import { type MailProvider, startMailProvider } from "./mail-provider";

type Storage = ReturnType<typeof createEncryptedStorage>;

/** Everything the product needs, each behind a line that can be spoiled. */
export interface Office {
  directory: string;
  /** Of the product, for `startProduct`. */
  environment: Record<string, string>;
  credentials: { email: string; password: string };
  /** The database itself, past its line. */
  connectionString: string;
  /** The stored files, past their line. */
  storage: Storage;
  lines: Partial<Record<LineName, Line>>;
  mails: MailProvider["accepted"];
  /** Half-received files that lie about. */
  spooled(): Promise<number>;
  /** The database ends as with its machine, and is started again. */
  restartDatabase(): Promise<void>;
  close(): Promise<void>;
}

export type LineName = "database" | "storage" | "scanner" | "mail";

/** Who started it also stops it, unless it says how. */
interface DatabaseServer {
  port: number;
  connectionString: string;
  restart?(): Promise<void>;
  stop?(): Promise<void>;
}

interface OfficeInput {
  directory: string;
  /** Files lie on the disk instead of behind S3. */
  isOnDisk?: boolean;
  /** What it needs is called by names, NAME.office.internal, instead of by address. */
  hasNames?: boolean;
  /** A database server of the caller's instead of an embedded one. */
  server?: DatabaseServer;
  /** Another place for the folders that fill up. */
  places?: { database?: string; data?: string };
  say(line: string): void;
}

const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

/** Opens an office of its own below a folder. */
export async function openOffice({ directory, say, ...input }: OfficeInput): Promise<Office> {
  const closing: (() => Promise<unknown>)[] = [];
  const data = input.places?.data ?? join(directory, "data");
  await mkdir(data, { recursive: true });
  const dataDirectory = input.places?.database ?? join(directory, "postgres");
  const server = input.server ?? (await startOwnServer(dataDirectory));
  closing.push(async () => server.stop?.());
  const { port, connectionString } = server;
  const lines: Office["lines"] = {};
  const lead = async (name: LineName, target: number) => {
    const line = await openLine(target);
    lines[name] = line;
    closing.push(() => line.close());
    return line.port;
  };

  const mail = await startMailProvider();
  closing.push(() => mail.close());
  const scanner = await startScanner(say);
  closing.push(() => scanner.close());
  const key = randomBytes(32);
  const files = input.isOnDisk ? null : await startGateway(say);
  if (files) closing.push(() => files.stop());
  const host = (name: LineName) => (input.hasNames ? `${name}.office.internal` : "127.0.0.1");
  const database = new URL(connectionString);
  database.hostname = host("database");
  database.port = String(await lead("database", port));
  const credentials = { email: "ruth@calderrowe.example", password: randomBytes(18).toString("base64url") };
  const environment = {
    ...{ DATABASE_URL: database.href, DATA_DIR: data, RATE_LIMITS: "off", LOG_LEVEL: "warn" },
    ...{ MASTER_KEYS: `drill:${key.toString("base64")}`, AUTH_SECRET: randomBytes(32).toString("base64") },
    ...{ ADMIN_EMAIL: credentials.email, ADMIN_PASSWORD: credentials.password },
    ...{ MAIL: "postmark", MAIL_FROM: "intake@calderrowe.example", POSTMARK_TOKEN: "drill" },
    ...{ LEAD_NOTIFY: "team@calderrowe.example" },
    POSTMARK_URL: `http://${host("mail")}:${await lead("mail", mail.port)}`,
    ...{ SCANNER: "clamav", SCANNER_TIMEOUT_SECONDS: "5" },
    CLAMAV_ADDRESS: `tcp://${host("scanner")}:${await lead("scanner", scanner.port)}`,
    ...files?.settings(await lead("storage", files.port)),
  };
  const masterKeys = createMasterKeys([createOwnMasterKey({ name: "drill", bytes: key })]);
  const store = files ? createS3Storage(files.past) : createDiskStorage({ directory: join(data, "storage") });
  return {
    ...{ directory, environment, credentials, connectionString, lines, mails: mail.accepted },
    storage: createEncryptedStorage({ store, masterKeys, log: quiet }),
    spooled: async () => (await readdir(join(data, "spool"))).length,
    async restartDatabase() {
      await server.restart?.();
    },
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

async function startOwnServer(dataDirectory: string): Promise<DatabaseServer> {
  let postgres = await startEmbeddedPostgres({ dataDirectory, log: quiet });
  const { port, connectionString } = postgres;
  return {
    ...{ port, connectionString },
    stop: () => postgres.stop(),
    async restart() {
      await postgres.stop();
      postgres = await startEmbeddedPostgres({ dataDirectory, port, log: quiet });
    },
  };
}

async function startScanner(say: OfficeInput["say"]) {
  if (hasClamd()) {
    const clamd = await startClamd();
    return { port: Number(new URL(clamd.tcp).port), close: () => clamd.close() };
  }
  say("Scanner: NO clamd here, a stand-in calls everything clean.");
  const standIn = await startOddServer((socket) => socket.end("stream: OK\0"));
  return { port: Number(new URL(standIn.address).port), close: () => standIn.close() };
}

const bucket = "resumes";

async function startGateway(say: OfficeInput["say"]) {
  const missing = existsSync("/usr/bin/radosgw") ? null : await explainMissingCeph();
  if (missing !== null) {
    say(`Storage: the disk, whose line cannot be spoiled, since there is no S3 server (${missing}).`);
    return null;
  }
  const gateway = await startCephGateway();
  const credentials = await gateway.createUser({ name: bucket });
  return {
    port: gateway.port,
    stop: () => gateway.stop(),
    settings: (port: number) => ({
      ...{ STORAGE: "s3", S3_BUCKET: bucket, S3_REGION: "us-east-1", S3_PATH_STYLE: "on" },
      ...{ S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_ACCESS_KEY_ID: credentials.accessKeyId },
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    }),
    past: {
      ...{
        bucket,
        region: "us-east-1",
        endpoint: `http://127.0.0.1:${gateway.port}`,
        credentials,
        prefix: "",
      },
      ...{ isPathStyle: true, checksums: "WHEN_SUPPORTED" as const, encryption: null },
    },
  };
}

/** A port for the product. */
export const findPort = findFreePort;
