import { join, resolve } from "node:path";
import { ensureFirstAdmin, hasAnyUser, issueSetupToken } from "@intake/core/auth/first-admin";
import type { Context } from "@intake/core/context";
import { replayErasures } from "@intake/core/erasures/replay-erasures";
import { canChangeAudit, openAppLogin } from "@intake/db/app-login";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations, awaitMigrations } from "@intake/db/migrate";
import { hasTimeLimits } from "@intake/db/pooler";
import { reachDatabase } from "@intake/db/reach-database";
import { createDocumentInspector } from "@intake/documents/inspection-pool";
import { startQueue } from "@intake/jobs/queue";
import { startWorker } from "@intake/jobs/worker";
import { createApp, createHealthApp } from "./app";
import { createLog, type HostLog } from "./log";
import { openLogOutput } from "./log-output";
import { createMetrics, type Metrics } from "./metrics";
import { type DatabaseLogins, openAdapters } from "./start/adapters";
import { lockDataDirectory } from "./start/data-directory";
import { directSetting } from "./start/database-settings";
import { explainFailure, messageOf } from "./start/explain-failure";
import { claimPort } from "./start/http-server";
import { closeServer, type Lifecycle, stopOnSignals } from "./start/lifecycle";
import { runOperatorCommand } from "./start/operator-commands";
import { type Role, readRole } from "./start/role";
import { type HostSettings, readSettings, SettingsError } from "./start/settings";
import { prepareSpool } from "./start/spool";
import { builtWebApps } from "./start/web-apps";
import { jobTracking } from "./tracing/origin";

const repository = resolve(import.meta.dirname, "../../..");
const migrationsDirectory = join(repository, "prisma", "migrations");
/** Seconds between a red readiness and the last request, so that a balancer notices (security rule 14). */
const balancerSeconds = 5;

/** Seconds that stopping may take beside that: a worker lets its jobs end, a mail that waits for the provider (15 s) included. */
const stopSeconds = { api: 19, worker: 20, migrate: 9, all: 9 };
/** Seconds that requests under way get to end: where another instance serves meanwhile, as long as an upload over a slow line takes. */
const drainSeconds = { api: 14, worker: 4, all: 4 };
/** Seconds that jobs under way get to end. */
const jobSeconds = { api: 0, worker: 16, migrate: 0, all: 3 };

async function main(): Promise<void> {
  // Words for a terminal that has gone, or for a full disk: nobody reads them, and work goes on.
  for (const words of [process.stdout, process.stderr]) words.on("error", () => undefined);
  if (await runOperatorCommand()) return;
  const role = readRole(process.argv.slice(2));
  const settings = readSettings(process.env);
  const reporter = await openReporter(settings);
  const metrics = createMetrics();
  const output = openLogOutput({
    onDrop: () => metrics.droppedLogLines.inc(),
    onRoom: (lines) => log.warn({ event: "log_lines_dropped", lines }, "the log had no room for some lines"),
  });
  const log = createLog(settings.logLevel, output, reporter);
  const isBalanced = settings.mode === "production" && role !== "worker";
  const lifecycle = stopOnSignals(log, {
    balancerSeconds: isBalanced ? balancerSeconds : 0,
    stopSeconds: stopSeconds[role],
  });
  if (reporter) lifecycle.atStop("errors", () => reporter.stop(2));
  if (settings.tracing) {
    const { startTracing } = await import("./tracing/start-tracing");
    const tracing = startTracing(settings.tracing);
    lifecycle.atStop("tracing", () => tracing.stop());
  }
  try {
    if (role === "migrate") await migrate(settings, log, lifecycle);
    else await start(role, { settings, log, lifecycle, metrics });
  } catch (error) {
    // Stopped in the middle of starting: what fails then is no news.
    if (lifecycle.isStopping()) return;
    explain(error);
    await lifecycle.stop(1);
  }
}

/** Loaded only where errors go somewhere. */
async function openReporter({ sentryDsn, mode, staging }: HostSettings) {
  if (!sentryDsn) return undefined;
  const { openErrorReporter } = await import("./errors/error-reporter");
  return openErrorReporter({ dsn: sentryDsn, environment: staging ? "staging" : mode });
}

interface Host {
  settings: HostSettings;
  log: HostLog;
  lifecycle: Lifecycle;
}

/** Brings the database and the queue's tables up to date and ends. */
async function migrate(settings: HostSettings, log: HostLog, lifecycle: Lifecycle): Promise<void> {
  const owner = settings.databaseOwnerUrl ?? settings.databaseDirectUrl;
  if (!owner) throw new SettingsError([apartNeedsServer("migrate")]);
  await reachDatabase({ setting: ownerSetting(settings), connectionString: owner });
  const applied = await applyMigrations({ connectionString: owner, migrationsDirectory });
  const queue = await startQueue({ connectionString: owner, log, hasWorker: false });
  await queue.stop(0);
  say(
    applied.length > 0
      ? `database brought up to date (${applied.length} migrations)`
      : "database is up to date",
  );
  await lifecycle.stop(0);
}

interface MeasuredHost extends Host {
  metrics: Metrics;
}

async function start(
  role: Exclude<Role, "migrate">,
  { settings, log, lifecycle, metrics }: MeasuredHost,
): Promise<void> {
  const isDemo = process.argv.includes("--demo");
  if (isDemo && settings.mode === "production")
    throw new SettingsError(["--demo is for trying Intake out, not for production"]);
  if (role !== "all" && !settings.databaseUrl) throw new SettingsError([apartNeedsServer(role)]);
  const dataDirectory = resolve(repository, settings.dataDirectory, isDemo ? "demo" : ".");
  if (!settings.databaseUrl) {
    const lock = await lockDataDirectory(dataDirectory);
    lifecycle.atStop("lock", () => lock.release());
  }
  const http = await claimPort(settings.port);
  const spoolDirectory = await prepareSpool(dataDirectory, { isOurs: settings.databaseUrl === null });
  const logins = await openDatabase(role, { dataDirectory, settings, log, lifecycle });
  const adapters = await openAdapters({ ...settings, dataDirectory }, log, { ...logins, role, metrics });
  lifecycle.atStop("adapters", () => adapters.close(jobSeconds[role]));
  const { effects } = adapters;
  if (await canChangeAudit(effects.db))
    log.warn(
      { event: "audit_not_protected" },
      "this database login may change the audit: see DATABASE_MIGRATION_URL",
    );
  if (!(await hasTimeLimits(effects.db)))
    log.warn(
      { event: "time_limits_missing" },
      "statements may run without an end: the pooler's connect_query must set statement_timeout (docs/operations.md)",
    );
  void effects.storage.check().catch((error: unknown) => {
    // Reading leads goes on without files; readiness is red until they are back.
    log.error({ event: "storage_away", reason: messageOf(error) }, "the file storage takes no files");
  });
  const ctx: Context = {
    ...effects,
    actor: { type: "system", job: "start" },
    requestId: null,
    source: null,
  };
  // Before anybody is served and before any job: this may be a database of before an erasure.
  await replayErasures(ctx);
  if (role !== "api") await startWorker(adapters.boss, effects, jobTracking);
  const host = {
    ...{ effects, metrics, log, metricsToken: settings.metricsToken },
    isStopping: lifecycle.isStopping,
  };
  if (role === "worker") {
    lifecycle.atStop("http", () => closeServer(http.server, drainSeconds[role]));
    http.serve(createHealthApp(host));
    say("Worker     ready");
    return;
  }
  const inspector = createDocumentInspector({
    size: 2,
    timeoutSeconds: 10,
    memoryMegabytes: 128,
    maxWaiting: 500,
  });
  lifecycle.atStop("inspector", () => inspector.close());
  const webApps = settings.hasDevServer
    ? await (await import("./start/dev-server")).devWebApps(join(repository, "apps"), http.server)
    : await builtWebApps({ appsDirectory: join(repository, "apps"), isStaging: settings.staging !== null });
  const website = createApp({
    ...host,
    ...{ inspector, spoolDirectory, webApps, trustProxy: settings.trustProxy },
    isRateLimited: settings.isRateLimited,
    fileMailer: settings.mode === "production" ? null : adapters.fileMailer,
  });
  lifecycle.atStop("http", () => closeServer(http.server, drainSeconds[role]));
  lifecycle.atStop("live", async () => adapters.live.letGo());
  if (settings.firstAdmin && (await ensureFirstAdmin(ctx, settings.firstAdmin)))
    log.info({}, "first admin created");
  const demoLines = isDemo
    ? await (await import("./start/demo")).openDemo(ctx, { repository, dataDirectory, say })
    : [];
  http.serve(website);
  await announce(ctx, { role, settings, demoLines });
}

function apartNeedsServer(role: Role): string {
  return `DATABASE_URL must name the Postgres server that ${role} shares with the others`;
}

function ownerSetting(settings: HostSettings): string {
  return settings.databaseOwnerUrl ? "DATABASE_MIGRATION_URL" : directSetting(settings);
}

/** The logins to a database of this version. All in one process makes it so, the others wait until `migrate` has. */
async function openDatabase(role: Role, host: Host & { dataDirectory: string }): Promise<DatabaseLogins> {
  const { databaseUrl, databaseOwnerUrl, databaseDirectUrl } = host.settings;
  if (role !== "all" && databaseUrl && databaseDirectUrl) {
    await reachDatabase({ setting: "DATABASE_URL", connectionString: databaseUrl });
    await reachDatabase({ setting: directSetting(host.settings), connectionString: databaseDirectUrl });
    await awaitMigrations({ connectionString: databaseDirectUrl, migrationsDirectory });
    return { app: databaseUrl, direct: databaseDirectUrl, owner: databaseDirectUrl };
  }
  const named = databaseOwnerUrl ?? databaseDirectUrl;
  if (named) await reachDatabase({ setting: ownerSetting(host.settings), connectionString: named });
  const owner = named ?? (await startOwnPostgres(host.dataDirectory, host.log, host.lifecycle));
  const applied = await applyMigrations({ connectionString: owner, migrationsDirectory });
  if (applied.length > 0) say(`database brought up to date (${applied.length} migrations)`);
  // Its login may be what a migration has just made possible.
  if (databaseUrl) await reachDatabase({ setting: "DATABASE_URL", connectionString: databaseUrl });
  const app = databaseUrl ?? (await openAppLogin(owner));
  return { app, direct: databaseDirectUrl ?? app, owner };
}

async function startOwnPostgres(dataDirectory: string, log: HostLog, lifecycle: Lifecycle): Promise<string> {
  const starting = startEmbeddedPostgres({
    dataDirectory: join(dataDirectory, "postgres"),
    log,
    onProgress: say,
    onLost: () => {
      process.stderr.write(
        "\nThe database ended, so Intake ends as well. Start it again: the database repairs itself.\n\n",
      );
      void lifecycle.stop(1);
    },
  });
  lifecycle.atStop("postgres", async () => (await starting.catch(() => null))?.stop());
  return (await starting).connectionString;
}

interface Announcement {
  role: Role;
  settings: HostSettings;
  demoLines: string[];
}

async function announce(ctx: Context, { role, settings, demoLines }: Announcement): Promise<void> {
  const { publicUrl } = settings;
  say(`Form       ${publicUrl}/`);
  say(`Dashboard  ${publicUrl}/app/leads`);
  for (const line of demoLines) say(line);
  if (await hasAnyUser(ctx))
    say(settings.mode === "production" ? "Ready" : `Mailbox    ${publicUrl}/dev/mailbox`);
  // The output of several instances is collected, and read by more than the one at the terminal.
  else if (role === "api")
    say("Set-up     the command setup:link prints the link that creates the first admin");
  else
    say(
      `Set-up     ${publicUrl}/app/setup#${await issueSetupToken(ctx)}  (one time: creates the first admin)`,
    );
}

/** Words for the person at the terminal, beside the JSON lines of the log. */
function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

function explain(error: unknown): void {
  process.stderr.write(`\n${explainFailure(error)}\n\n`);
}

main().catch((error: unknown) => {
  explain(error);
  process.exit(1);
});
