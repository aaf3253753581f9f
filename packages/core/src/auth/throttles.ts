import { createHash } from "node:crypto";
import type { Database } from "@intake/db/database";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { AppError } from "../errors";

/** Failures of one account before it must wait; each further one doubles the wait (security figures). */
const freeFailures = 5;
const firstWaitSeconds = 30;
const longestWaitSeconds = 15 * 60;

/** Limits that hold over all instances, counted in Postgres (security rule 19). Every `admit` throws TOO_MANY_REQUESTS. */
export interface Throttles {
  signIn: {
    admit(input: { source: string; account: string }): Promise<void>;
    recordFailure(input: { source: string; account: string }): Promise<void>;
    recordSuccess(input: { account: string }): Promise<void>;
  };
  refresh: { admit(sessionId: string): Promise<void> };
  submit: { admit(source: string): Promise<void> };
}

interface Limit {
  name: string;
  points: number;
  seconds: number;
}

/** The product's throttles on its own table `rate_limits`; with `isOn: false` (benchmarks) everything is admitted. */
export function createThrottles(input: { db: Pick<Database, "pool">; isOn: boolean }): Throttles {
  const limiter = ({ name, points, seconds }: Limit): RateLimiterAbstract =>
    input.isOn
      ? new RateLimiterPostgres({
          storeClient: input.db.pool,
          storeType: "pool",
          tableName: "rate_limits",
          tableCreated: true,
          keyPrefix: name,
          points,
          duration: seconds,
        })
      : new RateLimiterMemory({ keyPrefix: name, points: Number.MAX_SAFE_INTEGER, duration: 1 });
  const failuresOfAccount = limiter({ name: "sign-in-account", points: freeFailures, seconds: 60 * 60 });
  const waitOfAccount = limiter({ name: "sign-in-wait", points: 0, seconds: longestWaitSeconds });
  const failuresOfSource = limiter({ name: "sign-in-source", points: 30, seconds: 5 * 60 });
  const refreshes = limiter({ name: "refresh", points: 30, seconds: 60 });
  const submissions = limiter({ name: "submit", points: 60, seconds: 60 });

  return {
    signIn: {
      async admit({ source, account }) {
        if (!input.isOn) return;
        const [wait, failures] = await Promise.all([
          waitOfAccount.get(keyOf(account)),
          failuresOfSource.get(keyOf(source)),
        ]);
        if (wait && wait.msBeforeNext > 0) throw tooMany("Too many tries for this account.", wait);
        if (failures && failures.consumedPoints >= 30)
          throw tooMany("Too many failed tries from this address.", failures);
      },
      async recordFailure({ source, account }) {
        const failures = await failuresOfAccount.penalty(keyOf(account));
        await failuresOfSource.penalty(keyOf(source));
        const over = failures.consumedPoints - freeFailures;
        if (input.isOn && over >= 0) {
          const seconds = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(over, 10));
          await waitOfAccount.block(keyOf(account), seconds);
        }
      },
      async recordSuccess({ account }) {
        await failuresOfAccount.delete(keyOf(account));
      },
    },
    refresh: { admit: (sessionId) => consume(refreshes, sessionId, "Too many refreshes.") },
    submit: { admit: (source) => consume(submissions, source, "Too many submissions from this address.") },
  };
}

async function consume(limiter: RateLimiterAbstract, key: string, message: string): Promise<void> {
  try {
    await limiter.consume(keyOf(key));
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw tooMany(message, refusal);
    throw refusal;
  }
}

/** Addresses and accounts are kept only as hashes, so the table holds no personal data. */
function keyOf(subject: string): string {
  return createHash("sha256").update(subject).digest("base64url");
}

function tooMany(message: string, state: RateLimiterRes): AppError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new AppError("TOO_MANY_REQUESTS", `${message} Try again in ${wait}.`, {
    retryAfterSeconds: seconds,
  });
}
