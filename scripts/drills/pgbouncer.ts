import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openAppLogin } from "@intake/db/app-login";
import { startEmbeddedPostgres } from "@intake/db/embedded/start-embedded-postgres";
import { findFreePort, type ServerProcess, startServer } from "../bench/processes";
import { signIn } from "../bench/staff-session";
import { memoryFlags } from "../setup/memory-flags.mjs";
import { query } from "./archived-postgres";
import { type Follower, startFollowing } from "./live-follower";
import { type Pooler, startPooler } from "./pooler";
import { startSubmitting } from "./submit-load";

/**
 * Two instances behind a pooler that gives every transaction another connection: prospects submit at both while somebody lists, searches,
 * changes and exports. Ends with 1 when a request fails, an answer is not true, a change is not heard on the other instance or a mail stays.
 */
const repository = resolve(import.meta.dirname, "../..");
const resume = join(repository, "tests/fixtures/resumes/resume.pdf");
const loadSeconds = 15;
const mostHeardSeconds = 3;
const mostMailSeconds = 90;
const admin = { email: "drill@calderrowe.example", password: "a pooler by transaction 42" };
const say = (line: string) => process.stdout.write(`${line}\n`);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Office {
  /** The owner's way in, past the pooler. */
  owner: string;
  pooler: Pooler;
  instances: [ServerProcess, ServerProcess];
}

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "intake-pooler-"));
  // The pooler's account has to pass through.
  await chmod(directory, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, "postgres"), log });
  const stops: (() => Promise<unknown>)[] = [() => postgres.stop()];
  try {
    const migrator = await openInstance({ DATABASE_URL: postgres.connectionString }, directory);
    await migrator.stop();
    const direct = await openAppLogin(postgres.connectionString);
    const pooler = await startPooler({ server: direct, directory: join(directory, "pooler") });
    stops.unshift(() => pooler.stop());
    const environment = {
      ...{ DATABASE_URL: pooler.connectionString, DATABASE_DIRECT_URL: direct },
      ...{ DATABASE_MIGRATION_URL: postgres.connectionString },
      ...{ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password },
    };
    const instances: Office["instances"] = [
      await openInstance(environment, directory),
      await openInstance(environment, directory),
    ];
    stops.unshift(() => Promise.all(instances.map((instance) => instance.stop())));
    const failures = await work({ owner: postgres.connectionString, pooler, instances });
    for (const failure of failures) say(`FAILED: ${failure}`);
    return failures.length > 0 ? 1 : 0;
  } finally {
    for (const stop of stops) await stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function openInstance(environment: Record<string, string>, directory: string): Promise<ServerProcess> {
  const usual = { DATA_DIR: join(directory, "data"), RATE_LIMITS: "off", LOG_LEVEL: "error", MAIL: "file" };
  return startServer({
    ...{ entry: join(repository, "apps/api/dist/main.js"), readyPath: "/readyz", flags: memoryFlags },
    ...{ port: await findFreePort(), environment: { ...usual, ...environment } },
  });
}

/** All at once for a while, then what is left to be true. Returns what was not. */
async function work(office: Office): Promise<string[]> {
  const { pooler, instances, owner } = office;
  const [here, there] = instances;
  const follower = startFollowing(there.url, admin);
  const loads = instances.map(({ url }) => startSubmitting({ url, resume, clients: 2 }));
  const until = Date.now() + loadSeconds * 1000;
  const staff = await Promise.all(instances.map(({ url }) => useDashboard(url, until)));
  await Promise.all(loads.map((load) => load.stop()));
  const leads = loads.flatMap(({ acknowledged }) => acknowledged);
  const shared = await pooler.countConnections();
  const asked = staff.reduce((sum, { requests }) => sum + requests, 0);
  say(`${leads.length} leads and ${asked} requests of staff in ${loadSeconds} s.`);
  say(`${shared.clients} connections of the product shared ${shared.servers} to PostgreSQL.`);
  const failures = [
    ...staff.flatMap((person) => person.failures),
    ...(shared.servers >= shared.clients ? ["the product's connections shared none"] : []),
    ...(await missingOf(owner, leads)),
    ...(await proveExport(here.url, leads.length)),
    ...(await proveNews(here.url, { follower, id: leads[0]?.id ?? "" })),
    ...(await awaitMails(owner)),
  ];
  await follower.stop();
  return failures;
}

/** Lists, searches and changes until then, as quickly as it is answered. */
async function useDashboard(url: string, until: number): Promise<{ requests: number; failures: string[] }> {
  const session = await signIn(url, admin);
  const failures: string[] = [];
  let requests = 0;
  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = {
      Authorization: `Bearer ${await session.accessToken()}`,
      "Content-Type": "application/json",
    };
    const answer = await fetch(url + path, { ...init, headers });
    requests += 1;
    if (!answer.ok && answer.status !== 409) failures.push(`${path} answered ${answer.status}`);
    return answer.json();
  }
  while (Date.now() < until) {
    const page = (await ask("/api/leads?limit=50")) as { items: { id: string; createdAt: string }[] };
    const [newest] = page.items;
    // A server's zone that came with another connection would shift it by hours.
    if (newest && Math.abs(Date.now() - Date.parse(newest.createdAt)) > 60_000)
      failures.push(`a lead of just now says ${newest.createdAt}`);
    await Promise.all([
      ask("/api/leads?q=drill0%40mail.example"),
      ask("/api/leads?q=client&sort=lastName&order=asc"),
      ask("/trpc/leads.totals"),
      ask("/trpc/reports.attention"),
      newest &&
        ask(`/api/leads/${newest.id}`, { method: "PATCH", body: JSON.stringify({ status: "REACHED_OUT" }) }),
    ]);
  }
  return { requests, failures: [...new Set(failures)] };
}

async function missingOf(owner: string, leads: { id: string; sha256: string }[]): Promise<string[]> {
  const rows = await query<{ lead_id: string; sha256: string }>(owner, "SELECT lead_id, sha256 FROM resumes");
  const found = new Map(rows.map((row) => [row.lead_id, row.sha256]));
  const lost = leads.filter(({ id, sha256 }) => found.get(id) !== sha256);
  return lost.length > 0 || leads.length === 0 ? [`${lost.length} of ${leads.length} leads are missing`] : [];
}

async function proveExport(url: string, leads: number): Promise<string[]> {
  const session = await signIn(url, admin);
  const answer = await fetch(`${url}/api/leads/export`, {
    method: "POST",
    headers: { Authorization: `Bearer ${await session.accessToken()}`, "Content-Type": "application/json" },
    body: JSON.stringify({ selection: { kind: "matching", query: {}, except: [] }, format: "csv" }),
  });
  const rows = (await answer.text()).match(/^"?INT-/gm)?.length ?? 0;
  say(`The export holds ${rows} of ${leads} leads.`);
  return rows === leads ? [] : [`the export holds ${rows} of ${leads} leads`];
}

/** What changes here is heard there. */
async function proveNews(
  url: string,
  { follower, id }: { follower: Follower; id: string },
): Promise<string[]> {
  await delay(1_000);
  follower.heard.clear();
  const session = await signIn(url, admin);
  const headers = {
    Authorization: `Bearer ${await session.accessToken()}`,
    "Content-Type": "application/json",
  };
  const change = (status: string) =>
    fetch(`${url}/api/leads/${id}`, { method: "PATCH", headers, body: JSON.stringify({ status }) });
  const changedAt = Date.now();
  // Whatever it was, one of them changes it.
  for (const status of ["REACHED_OUT", "PENDING"]) await change(status);
  while (!follower.heard.has(id) && Date.now() - changedAt < mostHeardSeconds * 1000) await delay(20);
  const heardAt = follower.heard.get(id);
  if (heardAt === undefined) return ["a change at one instance was not heard at the other"];
  say(`A change at one instance was heard at the other after ${heardAt - changedAt} ms.`);
  return [];
}

async function awaitMails(owner: string): Promise<string[]> {
  const begun = Date.now();
  for (;;) {
    const rows = await query<{ state: string; mails: string }>(
      owner,
      // The team's mails of a busy hour are gathered and wait for each other.
      "SELECT state::text, count(*) AS mails FROM outbox_mails WHERE kind = 'LEAD_RECEIPT' GROUP BY state",
    );
    const waiting = rows.filter(({ state }) => state !== "SENT");
    if (rows.length > 0 && waiting.length === 0) {
      say(`All ${rows[0]?.mails} receipts left within ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
      return [];
    }
    if (Date.now() - begun > mostMailSeconds * 1000)
      return [`mails stay: ${waiting.map(({ state, mails }) => `${mails} ${state}`).join(", ")}`];
    await delay(500);
  }
}

process.exitCode = await main();
