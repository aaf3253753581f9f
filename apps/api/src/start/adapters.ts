import { join } from "node:path";
import { keepSealing } from "@intake/core/audit/keep-sealing";
import { createActivityLog, keepWriting } from "@intake/core/auth/activity-log";
import { createThrottles } from "@intake/core/auth/throttles";
import type { Settings } from "@intake/core/context";
import { createKeyring } from "@intake/core/keyring";
import { createLive, liveChannel } from "@intake/core/live/create-live";
import type { Clock } from "@intake/core/ports/clock";
import type { Mailer } from "@intake/core/ports/mailer";
import type { Scanner } from "@intake/core/ports/scanner";
import { createStorageQuota } from "@intake/core/resumes/storage-quota";
import { createDatabase } from "@intake/db/database";
import { listenTo } from "@intake/db/listen";
import { leaveReadOnlyServer } from "@intake/db/read-only-server";
import { noReplicas, openReplicas } from "@intake/db/replicas";
import { createDocumentReader } from "@intake/documents/reading/document-reader";
import { createFileMailer } from "@intake/email/file-mailer";
import { createMailRenderer } from "@intake/email/mail-renderer";
import { onlyTo } from "@intake/email/named-recipients";
import { createPostmarkMailer } from "@intake/email/postmark-mailer";
import { startQueue } from "@intake/jobs/queue";
import type { WorkerEffects } from "@intake/jobs/worker";
import { createClamavScanner } from "@intake/scanner/clamav-scanner";
import { createSecretBox } from "@intake/storage/encryption/secret-box";
import { countEvents } from "../count-events";
import type { HostLog } from "../log";
import type { Metrics } from "../metrics";
import { createOidcProvider } from "../oidc/oidc-provider";
import { callbackPath } from "../oidc/oidc-routes";
import { jobTracking } from "../tracing/origin";
import { tracePool } from "../tracing/trace-pool";
import { version } from "../version";
import { readOwnSecret } from "./data-directory";
import { openMasterKeys, openStorage } from "./open-storage";
import type { Role } from "./role";
import type { HostSettings } from "./settings";

const now: Clock = () => new Date();

const postmarkTimeoutSeconds = 15;

/** Two processes: a page somebody waits for is not behind the file of a job. */
const readerLimits = { size: 2, timeoutSeconds: 20, memoryMegabytes: 512, idleSeconds: 60, maxWaiting: 50 };

/** The same database by two logins: the application's, and the owner's for what makes tables. They are one where there is only one. */
export interface DatabaseLogins {
  app: string;
  /** The application's past any pooler, for what needs a connection of its own: news and the queue. */
  direct: string;
  owner: string;
}

interface AdapterInput extends DatabaseLogins {
  role: Role;
  metrics?: Pick<Metrics, "alteredFiles" | "securityEvents" | "replicaReads">;
}

/** Joins every adapter to its port. The queue is running when this resolves; `close` ends what was opened, in order. */
export async function openAdapters(settings: HostSettings, log: HostLog, input: AdapterInput) {
  const isPooled = input.app !== input.direct;
  const usual = { maxConnections: settings.databasePool, log };
  const db = createDatabase({ connectionString: input.app, isPooled, ...usual });
  const replicas = openReplicasOf(settings, { primary: db, metrics: input.metrics, ...usual });
  if (settings.tracing) for (const { pool } of [db, db.patient]) tracePool(pool);
  const running = await openQueue(input, log);
  const secret = settings.authSecret
    ? Buffer.from(settings.authSecret, "base64")
    : await readOwnSecret(settings.dataDirectory);
  const masterKeys = await openMasterKeys(settings);
  const fileMailer =
    settings.mail === "file"
      ? createFileMailer({ directory: join(settings.dataDirectory, "mailbox") })
      : null;
  const activity = createActivityLog({ db });
  const activityWriter = keepWriting(activity, log);
  const live = createLive({ db, log });
  const listening = await listenTo({
    ...{ connectionString: input.direct, channel: liveChannel, log },
    ...{ onMessage: live.receive, onGap: live.missed },
  });
  const effects: WorkerEffects = {
    db,
    replicas,
    storage: await openStorage(settings, {
      masterKeys,
      log,
      onAltered: () => input.metrics?.alteredFiles.inc(),
    }),
    secrets: createSecretBox(masterKeys),
    quota: createStorageQuota({ db, log, now, maxBytes: settings.storageQuotaBytes }),
    queue: running.queue,
    scanner: settings.scanner === "clamav" ? createClamavScanner({ ...settings.clamav, now }) : noScanner,
    reader: createDocumentReader(readerLimits),
    throttles: createThrottles({ db, isOn: settings.isRateLimited }),
    activity,
    live,
    keyring: createKeyring(secret),
    identityProvider: settings.oidc
      ? createOidcProvider(settings.oidc, `${settings.publicUrl}${callbackPath}`)
      : undefined,
    settings: domainSettings(settings),
    log: input.metrics ? countEvents(log, input.metrics) : log,
    now,
    mailer: openMailer(settings, fileMailer),
    mailRenderer: createMailRenderer(),
    mailFrom: settings.mailFrom,
  };
  const sealer = keepSealing(effects);
  return {
    effects,
    live,
    boss: running.boss,
    fileMailer,
    async close(seconds: number) {
      await running.stop(seconds);
      await effects.reader.close();
      await sealer.stop();
      await activityWriter.stop();
      await live.stop();
      await listening.stop();
      await replicas.close();
      await db.close();
    },
  };
}

function openReplicasOf(
  { databaseReplicaUrls }: HostSettings,
  {
    metrics,
    ...input
  }: Pick<Parameters<typeof openReplicas>[0], "primary" | "maxConnections" | "log"> &
    Pick<AdapterInput, "metrics">,
) {
  if (databaseReplicaUrls.length === 0) return noReplicas;
  return openReplicas({
    ...{ ...input, connectionStrings: databaseReplicaUrls },
    count: (server) => metrics?.replicaReads.inc({ server }),
  });
}

/** The queue library makes and changes tables of its own: the owner's matter, done before by `migrate` where roles are apart. */
function openQueue({ role, direct, owner }: AdapterInput, log: HostLog) {
  const usual = { log, tracking: jobTracking, onConnect: leaveReadOnlyServer };
  if (role === "all") return startQueue({ connectionString: owner, ...usual });
  return startQueue({
    ...{ connectionString: direct, ...usual },
    makesTables: false,
    hasWorker: role === "worker",
  });
}

/** Files stay `UNSCANNED` while the installation has no scanner. */
const noScanner: Scanner = {
  name: "none",
  scan: async () => ({ verdict: "unavailable", reason: "no scanner is configured" }),
  version: async () => null,
  state: () => "closed",
};

function openMailer(settings: HostSettings, fileMailer: Mailer | null): Mailer {
  const mailer = fileMailer ?? createPostmark(settings);
  return settings.staging ? onlyTo(mailer, settings.staging.recipients) : mailer;
}

function createPostmark({ postmark }: HostSettings): Mailer {
  return createPostmarkMailer({
    serverToken: postmark.serverToken,
    messageStream: postmark.messageStream,
    requestHost: postmark.url.host,
    useHttps: postmark.url.protocol === "https:",
    timeoutSeconds: postmarkTimeoutSeconds,
  });
}

function domainSettings(settings: HostSettings): Settings {
  const { officeName, officePhone, officeTimeZone, publicUrl, leadNotify, resumeLimits } = settings;
  return { officeName, officePhone, officeTimeZone, publicUrl, leadNotify, resumeLimits, version };
}
