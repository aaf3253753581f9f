import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { buildWithout } from "./build-without";
import type { Office } from "./open-office";
import { type Burst, runBurst } from "./run-burst";
import type { Scenario } from "./scenarios";
import { type Fact, fact, median } from "./table";

interface IdentityInput {
  office: Office;
  repository: string;
  connections: number;
  seconds: number;
  rounds: number;
}

const burstOfLogins = 100;
/** Sign-ins under way at a time when their rate is measured: enough to keep every core hashing. */
const loginsAtOnce = 8;
const list: Scenario = {
  name: "list with identity",
  leastRatio: 0.85,
  targets: () => [{ method: "GET", path: "/api/leads?limit=50" }],
};

/** What signing in and knowing the caller cost: against the same build without identity, and against bare argon2id. */
export async function measureIdentity(input: IdentityInput): Promise<Fact[]> {
  const share = await measureShare(input);
  const storm = await measureStorm(input);
  const logins = await measureLogins(input);
  return [
    fact("list requests/s, with identity ÷ without", { value: share, least: 0.85, unit: "×" }),
    fact(`list p99 during ${burstOfLogins} logins at once ÷ usual`, {
      value: storm.p99Ratio,
      most: 3,
      unit: "×",
    }),
    fact(`of ${burstOfLogins} logins at once, answered with tokens`, {
      value: storm.answered,
      least: burstOfLogins,
      unit: "",
    }),
    fact("logins/s ÷ bare argon2id", { value: logins, least: 0.9, unit: "×" }),
  ];
}

async function measureShare({ office, repository, rounds, ...load }: IdentityInput): Promise<number> {
  const entry = await buildWithout(repository, {
    module: "@intake/core/auth/authenticate",
    standIn: "no-identity.ts",
    folder: "dist-bench",
  });
  const without = await office.startAnother({ entry });
  try {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const first = await burst({ office, server: office.ours, ...load });
      const second = await burst({ office, server: without, ...load });
      ratios.push(first.requestsPerSecond / second.requestsPerSecond);
    }
    return median(ratios);
  } finally {
    await without.stop();
  }
}

async function measureStorm({ office, rounds, ...load }: IdentityInput) {
  const ratios: number[] = [];
  let answered = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const usual = await burst({ office, server: office.ours, ...load });
    const during = burst({ office, server: office.ours, ...load });
    // After the warm-up, in the middle of what is measured.
    await delay((warmUpSeconds + 1) * 1000);
    const logins = await Promise.all(Array.from({ length: burstOfLogins }, () => office.signIn()));
    answered = Math.min(answered, logins.filter((status) => status === 200).length);
    ratios.push((await during).p99 / usual.p99);
  }
  return { p99Ratio: median(ratios), answered };
}

async function measureLogins({ office, rounds, seconds }: IdentityInput): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = await loginsPerSecond(office, seconds);
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(import.meta.dirname, "bare-hashes.mjs"),
      String(seconds),
      String(loginsAtOnce),
    ]);
    const { perSecond }: { perSecond: number } = JSON.parse(stdout);
    ratios.push(ours / perSecond);
  }
  return median(ratios);
}

async function loginsPerSecond({ ours, credentials }: Office, seconds: number): Promise<number> {
  const body = JSON.stringify({ ...credentials, tokenDelivery: "body" });
  const { requestsPerSecond, errors } = await runBurst({
    ...{ server: ours, accessToken: "", burst: 0, connections: loginsAtOnce, seconds, warmUpSeconds },
    scenario: {
      ...{ name: "logins", leastRatio: 0.9, headers: { "content-type": "application/json" } },
      targets: () => [{ method: "POST", path: "/api/auth/login", body }],
    },
  });
  if (errors > 0) throw new Error(`${errors} sign-ins were not answered with tokens`);
  return requestsPerSecond;
}

const warmUpSeconds = 2;

async function burst(input: {
  office: Office;
  server: Office["ours"];
  connections: number;
  seconds: number;
}): Promise<Burst> {
  const { office, server, connections, seconds } = input;
  return runBurst({
    ...{ server, connections, seconds, warmUpSeconds, scenario: list, burst: 0 },
    accessToken: await office.session.accessToken(),
  });
}
