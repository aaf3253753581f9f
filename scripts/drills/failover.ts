import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "../bench/processes";
import { query } from "./archived-postgres";
import { findDebianTools } from "./debian-tools";
import { judge, untilDrained } from "./faults/judge";
import { settleUnknown } from "./faults/kills";
import { type Office, openOffice } from "./faults/office";
import { builtEntry, type Product, startProduct } from "./faults/product";
import { seededRandom } from "./faults/random";
import { startTraffic, type Traffic } from "./faults/traffic";
import { type Follower, startFollowing } from "./live-follower";
import { type Member, startPrimary, startStandby } from "./postgres-member";

/**
 * Loses the database's primary twice under load, once by SIGKILL and once in silence, and goes on with the standby that had to have every
 * commit: two instances and a worker at the address of the database, which moves as that of a managed service does. Ends with 1 when
 * writes take longer to come back than they may, or when anything that was acknowledged is not there, whole and once.
 */
const mostSeconds = 30;
/** The database is given up after so many looks without an answer. */
const mostMisses = 3;
const lookMilliseconds = 1_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Running {
  office: Office;
  instances: Product[];
  traffic: Traffic;
  followers: Follower[];
}

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "intake-failover-"));
  // The server runs as a user who may not look into a folder of ours, but passes through.
  await chmod(directory, 0o711);
  await mkdir(join(directory, "postgres"), { mode: 0o711 });
  const tools = findDebianTools();
  const memberOf = async (name: string) => ({
    ...{ tools, directory: join(directory, "postgres"), name, port: await findFreePort() },
  });
  const first = await startPrimary(await memberOf("first"));
  const second = await startStandby(await memberOf("second"), first);
  const office = await openOffice({ directory, say, isOnDisk: true, server: first });
  const members = [first, second];
  const running = await startAll(office, directory);
  const breaches: string[] = [];
  try {
    const lose = async (what: string, standby: Member, loss: () => Promise<void>) => {
      const primary = members[members.indexOf(standby) - 1] ?? first;
      breaches.push(...(await failOver(running, { what, primary, standby, loss })));
    };
    await lose("killed", second, () => first.kill());
    const third = await startStandby(await memberOf("third"), second);
    members.push(third);
    await lose("silent", third, () => second.freeze());
    breaches.push(...(await settle(running, third)));
  } finally {
    for (const follower of running.followers) await follower.stop();
    for (const instance of running.instances) await instance.stop();
    await office.close();
    for (const member of members) await member.kill();
  }
  for (const breach of breaches) say(`BROKEN ${breach}`);
  if (breaches.length === 0) await rm(directory, { recursive: true, force: true });
  else say(`The logs are in ${directory}.`);
  return breaches.length === 0 ? 0 : 1;
}

/** Two instances, a worker, clients that send to either, and somebody with the dashboard open at each. */
async function startAll(office: Office, directory: string): Promise<Running> {
  const { environment, credentials } = office;
  const env = { PATH: process.env.PATH, ...environment };
  await promisify(execFile)(process.execPath, [builtEntry, "migrate"], { env });
  const roles = ["api", "api", "worker"];
  const instances: Product[] = [];
  for (const [index, role] of roles.entries()) {
    const logFile = join(directory, `${role}-${index}.log`);
    const instance = startProduct({ ...{ port: await findFreePort(), environment, logFile }, args: [role] });
    await instance.untilReady(120);
    instances.push(instance);
  }
  const urls = instances.slice(0, 2).map(({ url }) => url);
  let next = 0;
  const traffic = startTraffic({
    // Each client takes the next of the two; what one has begun another may ask the end of.
    get url() {
      next += 1;
      return urls[next % urls.length] ?? "";
    },
    ...{ credentials, random: seededRandom(1), clients: 6 },
  });
  const followers = urls.map((url) => startFollowing(url, credentials));
  await delay(8_000);
  return { office, instances, traffic, followers };
}

interface Loss {
  what: string;
  primary: Member;
  standby: Member;
  loss(): Promise<void>;
}

async function failOver(running: Running, { what, primary, standby, loss }: Loss): Promise<string[]> {
  const { office, traffic, followers, instances } = running;
  const before = new Map(traffic.answers);
  const lostAt = Date.now();
  await loss();
  await untilMissed(primary);
  const noticed = secondsSince(lostAt);
  await standby.promote();
  office.lines.database?.moveTo(standby.port);
  const promoted = secondsSince(lostAt);
  const isBack = await until(() => traffic.newestGood > lostAt, 4 * mostSeconds);
  const backAt = Date.now();
  const seconds = (backAt - lostAt) / 1000;
  const isHeard = await until(
    () =>
      followers.every(
        ({ heard, lookedAnew }) => newest(lookedAnew) > lostAt && newest(heard.values()) > backAt,
      ),
    mostSeconds,
  );
  const heard = secondsSince(lostAt);
  // Connections that stood silently may show themselves only now.
  await delay(10_000);
  const answers = [...traffic.answers].map(([key, times]) => [key, times - (before.get(key) ?? 0)] as const);
  say(
    `${what}: noticed after ${noticed.toFixed(1)} s, the standby takes writes after ${promoted.toFixed(1)} s, the next lead is acknowledged after ${seconds.toFixed(1)} s, both dashboards hear of leads again after ${heard.toFixed(1)} s`,
  );
  say(`${what}: answers meanwhile ${answers.map(([key, times]) => `${key}: ${times}`).join(", ")}`);
  return [
    ...(isBack && seconds <= mostSeconds
      ? []
      : [`${what}: ${seconds.toFixed(1)} s without an acknowledged lead`]),
    ...(isHeard ? [] : [`${what}: a dashboard does not hear of new leads`]),
    ...instances.flatMap((instance, index) =>
      instance.endings() > 0 ? [`${what}: process ${index} ended by itself`] : [],
    ),
  ];
}

/** Resolves once the server has given no answer for as long as a cluster's own watch would wait. */
async function untilMissed({ connectionString }: Member): Promise<void> {
  for (let misses = 0; misses < mostMisses; ) {
    await delay(lookMilliseconds);
    const isThere = await query(connectionString, "SELECT 1").then(
      () => true,
      () => false,
    );
    misses = isThere ? 0 : misses + 1;
  }
}

/** Every client learns the end of what it sent, every mail and file is worked through, and then everything is compared. */
async function settle({ office, instances, traffic }: Running, primary: Member): Promise<string[]> {
  await traffic.stop();
  const unknown = traffic.submissions.filter(({ outcome }) => outcome === null).length;
  await settleUnknown(instances[0]?.url ?? "", traffic);
  const now = { ...office, connectionString: primary.connectionString };
  const drained = await untilDrained(now, { mostSeconds: 15 * 60, hasDigests: false, say });
  say(`${unknown} submissions were asked for again at the end; every mail and file done: ${drained} s later`);
  const { counters, breaches } = await judge(now, traffic);
  for (const [what, value] of Object.entries(counters)) say(`${what.padEnd(12)} ${value}`);
  return [...breaches, ...(drained === null ? ["MISS: mails or files still wait"] : [])];
}

function newest(moments: Iterable<number>): number {
  return Math.max(0, ...moments);
}

function secondsSince(moment: number): number {
  return (Date.now() - moment) / 1000;
}

async function until(isSo: () => boolean, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

process.exitCode = await main();
