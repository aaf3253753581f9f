import { join, resolve } from "node:path";
import { ensureFirstAdmin, hasAnyUser, issueSetupToken } from "@intake/core/auth/first-admin";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations } from "@intake/db/migrate";
import { createDocumentInspector } from "@intake/documents/inspection-pool";
import { startWorker } from "@intake/jobs/worker";
import { createApp } from "./app";
import { createLog, type HostLog } from "./log";
import { createMetrics } from "./metrics";
import { type Adapters, openAdapters } from "./start/adapters";
import { DataDirectoryInUseError, lockDataDirectory } from "./start/data-directory";
import { claimPort, PortTakenError } from "./start/http-server";
import { closeServer, stopOnSignals } from "./start/lifecycle";
import { type HostSettings, readSettings, SettingsError } from "./start/settings";
import { prepareSpool } from "./start/spool";
import { builtWebApps } from "./start/web-apps";

const repository = resolve(import.meta.dirname, "../../..");
/** Seconds between a red readiness and the last request, so that a balancer notices (security rule 14). */
const balancerSeconds = 5;

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  process.on("unhandledRejection", (error) => log.error({ error }, "unhandled rejection"));
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const lock = settings.databaseUrl ? null : await lockDataDirectory(dataDirectory);
  const http = await claimPort(settings.port);
  const spoolDirectory = await prepareSpool(dataDirectory);

  const postgres = settings.databaseUrl
    ? null
    : await startEmbeddedPostgres({ dataDirectory: join(dataDirectory, "postgres"), log, onProgress: say });
  const connectionString = settings.databaseUrl ?? postgres?.connectionString ?? "";
  const migrationsDirectory = join(repository, "prisma", "migrations");
  const applied = await applyMigrations({ connectionString, migrationsDirectory });
  if (applied.length > 0) say(`database brought up to date (${applied.length} migrations)`);

  const adapters = await openAdapters({ ...settings, dataDirectory }, log, connectionString);
  const metrics = createMetrics();
  const inspector = createDocumentInspector({ size: 2, timeoutSeconds: 10, memoryMegabytes: 128, maxWaiting: 500 });
  let isStopping = false;
  const webApps = settings.hasDevServer
    ? await (await import("./start/dev-server")).devWebApps(join(repository, "apps"), http.server)
    : await builtWebApps(join(repository, "apps"));
  const app = createApp({
    effects: adapters.effects,
    inspector,
    metrics,
    log,
    spoolDirectory,
    trustProxy: settings.trustProxy,
    metricsToken: settings.metricsToken,
    fileMailer: settings.mode === "production" ? null : adapters.fileMailer,
    webApps,
    isStopping: () => isStopping,
  });
  await startWorker(adapters.boss, adapters.effects);

  stopOnSignals(log, {
    balancerSeconds: settings.mode === "production" ? balancerSeconds : 0,
    onStop: () => {
      isStopping = true;
    },
    steps: [
      { name: "http", run: () => closeServer(http.server) },
      { name: "inspector", run: () => inspector.close() },
      { name: "adapters", run: () => adapters.close(5) },
      { name: "postgres", run: async () => postgres?.stop() },
      { name: "lock", run: async () => lock?.release() },
    ],
  });
  http.serve(app);
  await announce(settings, adapters, log);
}

async function announce(settings: HostSettings, { effects }: Adapters, log: HostLog): Promise<void> {
  const { publicUrl } = settings;
  const ctx = { ...effects, actor: { type: "system", job: "start" }, requestId: null } as const;
  if (settings.firstAdmin && (await ensureFirstAdmin(ctx, settings.firstAdmin))) log.info({}, "first admin created");
  say(`Form       ${publicUrl}/`);
  say(`Dashboard  ${publicUrl}/app/leads`);
  if (!(await hasAnyUser(ctx))) say(`Set-up     ${publicUrl}/app/setup#${await issueSetupToken(ctx)}  (one time: creates the first admin)`);
  else say(settings.mode === "production" ? "Ready" : `Mailbox    ${publicUrl}/dev/mailbox`);
}

/** Words for the person at the terminal, beside the JSON lines of the log. */
function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

start().catch((error: unknown) => {
  const isExpected = error instanceof SettingsError || error instanceof PortTakenError || error instanceof DataDirectoryInUseError;
  process.stderr.write(isExpected ? `\n${error.message}\n\n` : `\nIntake could not start: ${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
