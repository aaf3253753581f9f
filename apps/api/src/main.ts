import { join, resolve } from "node:path";
import { ensureFirstAdmin, hasAnyUser, issueSetupToken } from "@intake/core/auth/first-admin";
import type { Context } from "@intake/core/context";
import { canChangeAudit, openAppLogin } from "@intake/db/app-login";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { applyMigrations } from "@intake/db/migrate";
import { createDocumentInspector } from "@intake/documents/inspection-pool";
import { startWorker } from "@intake/jobs/worker";
import { createApp } from "./app";
import { createLog, type HostLog } from "./log";
import { createMetrics } from "./metrics";
import { openAdapters } from "./start/adapters";
import { DataDirectoryInUseError, lockDataDirectory } from "./start/data-directory";
import { claimPort, PortTakenError } from "./start/http-server";
import { closeServer, type Lifecycle, stopOnSignals } from "./start/lifecycle";
import { type HostSettings, readSettings, SettingsError } from "./start/settings";
import { prepareSpool } from "./start/spool";
import { builtWebApps } from "./start/web-apps";

const repository = resolve(import.meta.dirname, "../../..");
/** Seconds between a red readiness and the last request, so that a balancer notices (security rule 14). */
const balancerSeconds = 5;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const lifecycle = stopOnSignals(log, {
    balancerSeconds: settings.mode === "production" ? balancerSeconds : 0,
  });
  try {
    await start(settings, log, lifecycle);
  } catch (error) {
    // Stopped in the middle of starting: what fails then is no news.
    if (lifecycle.isStopping()) return;
    explain(error);
    await lifecycle.stop(1);
  }
}

async function start(settings: HostSettings, log: HostLog, lifecycle: Lifecycle): Promise<void> {
  const isDemo = process.argv.includes("--demo");
  if (isDemo && settings.mode === "production")
    throw new SettingsError(["--demo is for trying Intake out, not for production"]);
  const dataDirectory = resolve(repository, settings.dataDirectory, isDemo ? "demo" : ".");
  if (!settings.databaseUrl) {
    const lock = await lockDataDirectory(dataDirectory);
    lifecycle.atStop("lock", () => lock.release());
  }
  const http = await claimPort(settings.port);
  const spoolDirectory = await prepareSpool(dataDirectory, { isOurs: settings.databaseUrl === null });
  const owner =
    settings.databaseOwnerUrl ??
    settings.databaseUrl ??
    (await startOwnPostgres(dataDirectory, log, lifecycle));
  const migrationsDirectory = join(repository, "prisma", "migrations");
  const applied = await applyMigrations({ connectionString: owner, migrationsDirectory });
  if (applied.length > 0) say(`database brought up to date (${applied.length} migrations)`);

  const app = settings.databaseUrl ?? (await openAppLogin(owner));
  const metrics = createMetrics();
  const adapters = await openAdapters({ ...settings, dataDirectory }, log, { app, owner, metrics });
  lifecycle.atStop("adapters", () => adapters.close(3));
  if (await canChangeAudit(adapters.effects.db))
    log.warn(
      { event: "audit_not_protected" },
      "this database login may change the audit: see DATABASE_MIGRATION_URL",
    );
  const inspector = createDocumentInspector({
    size: 2,
    timeoutSeconds: 10,
    memoryMegabytes: 128,
    maxWaiting: 500,
  });
  lifecycle.atStop("inspector", () => inspector.close());
  const webApps = settings.hasDevServer
    ? await (await import("./start/dev-server")).devWebApps(join(repository, "apps"), http.server)
    : await builtWebApps(join(repository, "apps"));
  const website = createApp({
    effects: adapters.effects,
    inspector,
    metrics,
    log,
    spoolDirectory,
    trustProxy: settings.trustProxy,
    metricsToken: settings.metricsToken,
    fileMailer: settings.mode === "production" ? null : adapters.fileMailer,
    webApps,
    isStopping: lifecycle.isStopping,
  });
  await startWorker(adapters.boss, adapters.effects);
  lifecycle.atStop("http", () => closeServer(http.server));
  lifecycle.atStop("live", async () => adapters.live.letGo());
  const ctx: Context = {
    ...adapters.effects,
    actor: { type: "system", job: "start" },
    requestId: null,
    source: null,
  };
  if (settings.firstAdmin && (await ensureFirstAdmin(ctx, settings.firstAdmin)))
    log.info({}, "first admin created");
  const demoLines = isDemo
    ? await (await import("./start/demo")).openDemo(ctx, { repository, dataDirectory, say })
    : [];
  http.serve(website);
  await announce(settings, ctx, demoLines);
}

async function startOwnPostgres(dataDirectory: string, log: HostLog, lifecycle: Lifecycle): Promise<string> {
  const starting = startEmbeddedPostgres({
    dataDirectory: join(dataDirectory, "postgres"),
    log,
    onProgress: say,
  });
  lifecycle.atStop("postgres", async () => (await starting.catch(() => null))?.stop());
  return (await starting).connectionString;
}

async function announce(settings: HostSettings, ctx: Context, demoLines: string[]): Promise<void> {
  const { publicUrl } = settings;
  say(`Form       ${publicUrl}/`);
  say(`Dashboard  ${publicUrl}/app/leads`);
  for (const line of demoLines) say(line);
  if (!(await hasAnyUser(ctx)))
    say(
      `Set-up     ${publicUrl}/app/setup#${await issueSetupToken(ctx)}  (one time: creates the first admin)`,
    );
  else say(settings.mode === "production" ? "Ready" : `Mailbox    ${publicUrl}/dev/mailbox`);
}

/** Words for the person at the terminal, beside the JSON lines of the log. */
function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

function explain(error: unknown): void {
  const isExpected =
    error instanceof SettingsError ||
    error instanceof PortTakenError ||
    error instanceof DataDirectoryInUseError;
  const details = error instanceof Error ? error.stack : String(error);
  process.stderr.write(isExpected ? `\n${error.message}\n\n` : `\nIntake could not start: ${details}\n`);
}

main().catch((error: unknown) => {
  explain(error);
  process.exit(1);
});
