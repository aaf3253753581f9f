import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createActivityLog } from "@intake/core/auth/activity-log";
import type { Role } from "@intake/core/auth/schema";
import { startSession } from "@intake/core/auth/sign-in";
import { createThrottles } from "@intake/core/auth/throttles";
import type { Context } from "@intake/core/context";
import { createKeyring } from "@intake/core/keyring";
import { createLive, liveChannel } from "@intake/core/live/create-live";
import type { DocumentReader } from "@intake/core/ports/document-reader";
import type { Scanner } from "@intake/core/ports/scanner";
import type { Storage } from "@intake/core/ports/storage";
import { defaultResumeLimits, type ResumeLimits } from "@intake/core/resumes/schema";
import { createStorageQuota } from "@intake/core/resumes/storage-quota";
import { checkEvents } from "@intake/core/testing/check-events";
import { createUser } from "@intake/core/testing/create-user";
import { createFakeMailer, createFakeRenderer } from "@intake/core/testing/fake-mail";
import { createFakeScanner } from "@intake/core/testing/fake-scanner";
import type { Database } from "@intake/db/database";
import { listenTo } from "@intake/db/listen";
import { noReplicas, type Replicas } from "@intake/db/replicas";
import { createAppTestDatabase } from "@intake/db/testing";
import { createDocumentInspector } from "@intake/documents/inspection-pool";
import { createDocumentReader } from "@intake/documents/reading/document-reader";
import { startQueue } from "@intake/jobs/queue";
import type { WorkerEffects } from "@intake/jobs/worker";
import { createDiskStorage } from "@intake/storage/disk-storage";
import { createEncryptedStorage } from "@intake/storage/encryption/encrypted-storage";
import {
  createMasterKeys,
  createOwnMasterKey,
  type MasterKeys,
} from "@intake/storage/encryption/master-keys";
import { createSecretBox } from "@intake/storage/encryption/secret-box";
import { Router } from "express";
import { type AppInput, createApp } from "../app";
import { countEvents } from "../count-events";
import { createLog } from "../log";
import { createMetrics } from "../metrics";
import { claimPort } from "../start/http-server";
import { prepareSpool } from "../start/spool";
import { jobTracking } from "../tracing/origin";
import { multipartBody, multipartType, type Part } from "./multipart";
import { plainPages } from "./plain-pages";

const readerLimits = { size: 1, timeoutSeconds: 20, memoryMegabytes: 512, idleSeconds: 60, maxWaiting: 50 };

interface TestAppOptions {
  /** Another database than one of its own on the run's server; the caller closes it. */
  database?: { db: Database; connectionString: string };
  /** None by default; the caller closes them. */
  replicas?: Replicas;
  /** Wraps the disk storage, for example to fail. */
  wrapStorage?: (storage: Storage) => Storage;
  /** None by default. */
  scanner?: Scanner;
  /** One process of the real one by default. */
  reader?: DocumentReader;
  /** Throttles count; off by default, since a test's requests all come from one address. */
  isRateLimited?: boolean;
  app?: Partial<Pick<AppInput, "metricsToken" | "trustProxy" | "fileMailer" | "isStopping" | "webApps">>;
  publicUrl?: string;
  resumeLimits?: ResumeLimits;
  /** No quota by default. */
  quotaBytes?: number;
  /** One of its own by default. */
  masterKeys?: MasterKeys;
}

/** The whole HTTP side on a random port, on real parts: database, disk storage, queue and inspector threads. */
export async function startTestApp(options: TestAppOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), "intake-api-"));
  const own = options.database ? null : await createAppTestDatabase({ maxConnections: 10 });
  const db = options.database?.db ?? own;
  const connectionString = options.database?.connectionString ?? own?.connectionString;
  if (!db || !connectionString) throw new Error("The test app has no database");

  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const http = await claimPort(0);
  const baseUrl = options.publicUrl ?? `http://localhost:${http.port}`;
  const queue = await startQueue({ connectionString, log, tracking: jobTracking });
  const storageDirectory = join(directory, "storage");
  const masterKeys =
    options.masterKeys ??
    createMasterKeys([createOwnMasterKey({ name: "test", bytes: new Uint8Array(32).fill(9) })]);
  const metrics = createMetrics();
  const live = createLive({ db, log });
  const listening = await listenTo({
    ...{ connectionString, channel: liveChannel, log },
    ...{ onMessage: live.receive, onGap: live.missed },
  });
  const disk = createEncryptedStorage({
    store: createDiskStorage({ directory: storageDirectory }),
    masterKeys,
    log,
    onAltered: () => metrics.alteredFiles.inc(),
  });
  const effects: WorkerEffects = {
    db,
    replicas: options.replicas ?? noReplicas,
    storage: options.wrapStorage?.(disk) ?? disk,
    secrets: createSecretBox(masterKeys),
    quota: createStorageQuota({ db, log, now: () => new Date(), maxBytes: options.quotaBytes ?? null }),
    queue: queue.queue,
    scanner: options.scanner ?? createFakeScanner("none"),
    reader: options.reader ?? createDocumentReader(readerLimits),
    throttles: createThrottles({ db, isOn: options.isRateLimited ?? false }),
    activity: createActivityLog({ db }),
    live,
    keyring: createKeyring(new Uint8Array(32).fill(7)),
    settings: {
      officeName: "Calder & Rowe",
      officePhone: null,
      officeTimeZone: "Europe/London",
      publicUrl: baseUrl,
      leadNotify: ["team@calderrowe.example"],
      resumeLimits: options.resumeLimits ?? defaultResumeLimits,
      version: "0.0.0-test",
    },
    log: countEvents(log, metrics),
    now: () => new Date(),
    mailer: createFakeMailer(),
    mailRenderer: createFakeRenderer(),
    mailFrom: "Calder & Rowe <intake@calderrowe.example>",
  };
  const inspector = createDocumentInspector({
    size: 1,
    timeoutSeconds: 10,
    memoryMegabytes: 128,
    maxWaiting: 500,
  });
  const spoolDirectory = await prepareSpool(directory, { isOurs: true });
  const host = createApp({
    effects,
    inspector,
    metrics,
    log,
    spoolDirectory,
    trustProxy: 0,
    metricsToken: null,
    isRateLimited: options.isRateLimited ?? false,
    fileMailer: null,
    webApps: { routes: Router(), pages: plainPages, hasDevServer: false },
    isStopping: () => false,
    ...options.app,
  });
  http.serve(host);

  const url = (path: string) => `http://localhost:${http.port}${path}`;
  return {
    host,
    port: http.port,
    baseUrl,
    connectionString,
    effects,
    live,
    boss: queue.boss,
    directory,
    spoolDirectory,
    storageDirectory,
    /** Every JSON line the host has logged. */
    logged: (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line)),
    fetch: (path: string, init?: RequestInit) => fetch(url(path), { redirect: "manual", ...init }),
    /** Posts a form the way `curl -F` does. */
    submit: (parts: Part[], headers: Record<string, string> = {}) =>
      fetch(url("/api/leads"), {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": multipartType, ...headers },
        body: new Uint8Array(multipartBody(parts)),
      }),
    /** A call of the REST door with a bearer token and, if given, a JSON body. */
    call: (
      method: string,
      path: string,
      input: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
    ) =>
      fetch(url(path), {
        method,
        redirect: "manual",
        headers: {
          ...(input.token === undefined ? {} : { Authorization: `Bearer ${input.token}` }),
          ...(input.body === undefined ? {} : { "Content-Type": "application/json" }),
          ...input.headers,
        },
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      }),
    createUser: (role: Role, input: { email?: string; passwordHash?: string } = {}) =>
      createUser(effects, role, input),
    /** An access token of a new person with this role. */
    signIn: async (role: Role) => {
      const ctx: Context = { ...effects, actor: { type: "prospect" }, requestId: null, source: null };
      return (await startSession(ctx, await createUser(effects, role))).answer.accessToken;
    },
    /** The metrics once a group of them has been measured, anew after this call where it was measured before. */
    measured: async (group: string, headers: Record<string, string> = {}): Promise<string> => {
      const startedAt = Date.now() / 1000;
      const stamp = new RegExp(`^intake_measured_timestamp_seconds\\{group="${group}"\\} (\\S+)$`, "m");
      for (;;) {
        const text = await (await fetch(url("/metrics"), { headers })).text();
        if (Number(stamp.exec(text)?.[1] ?? 0) >= startedAt) return text;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    countLeads: () => db.prisma.lead.count(),
    countObjects: async () => {
      let count = 0;
      for await (const _object of disk.list("resumes/")) count += 1;
      return count;
    },
    spooled: () => readdir(spoolDirectory),
    async close() {
      http.server.closeAllConnections();
      await new Promise((done) => http.server.close(done));
      await inspector.close();
      await queue.stop(1);
      await effects.reader.close();
      await live.stop();
      await listening.stop();
      if (own) await checkEvents(own.owner).finally(() => own.drop());
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;
