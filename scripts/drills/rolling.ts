import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { fillOffice } from "../bench/fill-office";
import { findFreePort } from "../bench/processes";
import { query } from "./archived-postgres";
import { addressOf, type OfficeProxy, startProxy } from "./caddy";
import { trust } from "./docker/visitor";
import { openOffice } from "./faults/office";
import { builtEntry, type Product, startProduct } from "./faults/product";
import { buildPreviousVersion } from "./previous-version";
import { type RollingLoad, startRollingLoad } from "./rolling-load";

/**
 * Deploys this version over the one before its newest migration while people work: the database first, then two instances and the worker
 * one after the other behind the office's own proxy; then restarts all of them once more. Ends with 1 when one request fails, a stop takes
 * longer than it may, or an acknowledged lead is not there.
 */
const mostStopSeconds = 25;
/** How long a screen may not know of a lead because its stream went with an instance. */
const mostBehindSeconds = 10;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      previous: { type: "string" },
      leads: { type: "string", default: "100000" },
    },
  });
  const directory = await mkdtemp(join(tmpdir(), "intake-rolling-"));
  const previous = values.previous
    ? { name: values.previous, entry: join(values.previous, "apps/api/dist/main.js") }
    : await buildPreviousVersion(join(directory, "previous"), { from: values.from, say });
  say(`From ${previous.name}, ${values.leads} leads.`);
  const office = await openOffice({ directory, say, isOnDisk: true });
  const { RATE_LIMITS: _, ...settings } = office.environment;
  const port = await findFreePort();
  const environment = {
    ...{ ...settings, NODE_ENV: "production", TRUST_PROXY: "1", LOG_LEVEL: "warn" },
    ...{ PUBLIC_URL: addressOf(port), OFFICE_NAME: "Drill", METRICS_TOKEN: randomBytes(24).toString("hex") },
  };
  const migrate = (entry: string) =>
    promisify(execFile)(process.execPath, [entry, "migrate"], {
      env: { PATH: process.env.PATH, ...environment },
    });
  const running = new Map<string, Product>();
  const breaches: string[] = [];
  let proxy: OfficeProxy | undefined;
  try {
    await migrate(previous.entry);
    await fillOffice(office.connectionString, Number(values.leads));
    // Chosen now: what is free may be taken by another while the database is filled.
    const roles = [
      { name: "api-a", role: "api", port: await findFreePort() },
      { name: "api-b", role: "api", port: await findFreePort() },
      { name: "worker", role: "worker", port: await findFreePort() },
    ];
    const instances = roles.flatMap((each) => (each.role === "api" ? [each.port] : []));
    const start = async ({ name, role, port }: (typeof roles)[number], entry: string) => {
      const logFile = join(directory, `${name}.log`);
      const product = startProduct({ ...{ port, environment, logFile, entry }, args: [role] });
      running.set(name, product);
      await product.untilReady(120);
    };
    for (const each of roles) await start(each, previous.entry);
    proxy = await startProxy({
      ...{ directory: join(directory, "proxy"), instances },
      ...{ port, plainPort: await findFreePort() },
    });
    trust(proxy.certificate);
    const load = startRollingLoad({ ...proxy, url: environment.PUBLIC_URL, credentials: office.credentials });
    await delay(10_000);
    const begun = performance.now();
    const { stdout } = await migrate(builtEntry);
    say(`${stdout.trim()} in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    await delay(5_000);
    for (const what of ["new version", "restart"]) {
      // How long an upload may take while an instance stops is a promise of this version, not of every earlier one.
      load.slowLine.seconds = what === "restart" ? 12 : 6;
      for (const each of roles) {
        const stopping = performance.now();
        await running.get(each.name)?.stop();
        const stopped = performance.now();
        const seconds = (stopped - stopping) / 1000;
        await start(each, builtEntry);
        const started = (performance.now() - stopped) / 1000;
        say(
          `${what}: ${each.name} stopped in ${seconds.toFixed(1)} s, ready again in ${started.toFixed(1)} s`,
        );
        if (seconds > mostStopSeconds) breaches.push(`${each.name} took ${seconds.toFixed(1)} s to stop`);
      }
    }
    await delay(5_000);
    await load.stop();
    breaches.push(...(await judgeLoad(load, office.connectionString)));
    for (const [name, product] of running)
      if (product.endings() > 0) breaches.push(`${name} ended by itself`);
  } finally {
    for (const product of running.values()) await product.stop();
    await proxy?.stop();
    await office.close();
  }
  for (const breach of breaches) say(`BROKEN ${breach}`);
  if (breaches.length === 0) await rm(directory, { recursive: true, force: true });
  else say(`The logs are in ${directory}.`);
  return breaches.length === 0 ? 0 : 1;
}

async function judgeLoad(load: RollingLoad, connectionString: string): Promise<string[]> {
  const { acknowledged, failures, counts, longest, follower } = load;
  const requests = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const kinds = [...counts].map(
    ([what, times]) => `${what} ${times} (longest ${longest.get(what)?.toFixed(1)} s)`,
  );
  const behind = acknowledged.map(({ id, at }) => {
    const heard = follower.heard.get(id) ?? Number.POSITIVE_INFINITY;
    const anew = follower.lookedAnew.find((moment) => moment >= at) ?? Number.POSITIVE_INFINITY;
    return Math.max(0, (Math.min(heard, anew) - at) / 1000);
  });
  const farthest = Math.max(0, ...behind);
  say(`${requests} requests, ${failures.length} failed: ${kinds.join(", ")}`);
  say(
    `${acknowledged.length} leads acknowledged; the open dashboard knew of each within ${farthest.toFixed(1)} s, over ${follower.lookedAnew.length} streams`,
  );
  const rows = await query<{ lead_id: string; sha256: string }>(
    connectionString,
    "SELECT r.lead_id, r.sha256 FROM resumes r JOIN leads l ON l.id = r.lead_id WHERE l.last_name = 'Visitor' AND l.first_name = 'Drill'",
  );
  const there = new Map(rows.map((row) => [row.lead_id, row.sha256]));
  const lost = acknowledged.filter(({ id, sha256 }) => there.get(id) !== sha256);
  return [
    ...failures.map((words) => `FAILED ${words}`),
    ...(lost.length > 0 ? [`LOST ${lost.length} acknowledged leads`] : []),
    ...(rows.length > acknowledged.length
      ? [`DUPL ${rows.length - acknowledged.length} leads too many`]
      : []),
    ...(farthest > mostBehindSeconds ? [`the open dashboard was ${farthest.toFixed(1)} s behind`] : []),
  ];
}

process.exitCode = await main();
