import { createHash } from "node:crypto";
import type { Database } from "@intake/db/database";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { AppError } from "../errors";

/** Tries of one account before it must wait; each further one doubles the wait (security figures). */
const freeTries = 5;
const firstWaitSeconds = 30;
const longestWaitSeconds = 15 * 60;
/** Failures of one source in five minutes, over all accounts. */
const mostFailuresOfSource = 30;
const accountWaits = "Too many tries for this account.";

/** A try that was let through. */
export interface Admission {
  /** It was no guess, so it counts no more and leaves no wait: for a right password that is followed by a second step, whose tries count. */
  giveBack(): Promise<void>;
}

/** Limits that hold over all instances, counted in Postgres (security rule 19). Every `admit` throws TOO_MANY_REQUESTS. */
export interface Throttles {
  signIn: {
    admit(input: { source: string; account: string }): Promise<Admission>;
    recordFailure(input: { source: string; account: string }): Promise<void>;
    recordSuccess(input: { account: string }): Promise<void>;
  };
  refresh: { admit(sessionId: string): Promise<void> };
  submit: { admit(source: string): Promise<void> };
  /** What the form page tells of failed uploads. */
  uploadFailure: { admit(source: string): Promise<void> };
  /** What pages tell of their own errors. */
  browserError: { admit(source: string): Promise<void> };
  passwordReset: {
    admit(source: string): Promise<void>;
    /** Whether this account may get another mail now; never throws, so that the answer does not depend on it. */
    allowsMail(account: string): Promise<boolean>;
  };
  /** Ceremonies that anybody may start: passkey and single sign-on. */
  challenge: { admit(source: string): Promise<void> };
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
  const triesOfAccount = limiter({ name: "sign-in-account", points: freeTries, seconds: 60 * 60 });
  const waitOfAccount = limiter({ name: "sign-in-wait", points: 1, seconds: longestWaitSeconds });
  const failuresOfSource = limiter({ name: "sign-in-source", points: mostFailuresOfSource, seconds: 5 * 60 });
  const refreshes = limiter({ name: "refresh", points: 30, seconds: 60 });
  const challenges = limiter({ name: "challenge", points: 60, seconds: 60 });
  const resets = limiter({ name: "reset-source", points: 30, seconds: 5 * 60 });
  const resetMails = limiter({ name: "reset-account", points: 3, seconds: 60 * 60 });
  const submissions = limiter({ name: "submit", points: 60, seconds: 60 });
  const uploadFailures = limiter({ name: "upload-failure", points: 20, seconds: 60 });
  const browserErrors = limiter({ name: "browser-error", points: 20, seconds: 60 });

  return {
    signIn: {
      // A try counts before it is made, so that many at once get no more than one after the other; success forgets them all.
      async admit({ source, account }) {
        if (!input.isOn) return { giveBack: async () => undefined };
        const [wait, failures] = await Promise.all([
          waitOfAccount.get(keyOf(account)),
          failuresOfSource.get(keyOf(source)),
        ]);
        if (wait && wait.msBeforeNext > 0) throw tooMany(accountWaits, wait);
        if (failures && failures.consumedPoints >= mostFailuresOfSource)
          throw tooMany("Too many failed tries from this address.", failures);
        const tries = (await triesOfAccount.penalty(keyOf(account))).consumedPoints;
        const uncount = async () => {
          await triesOfAccount.reward(keyOf(account));
        };
        if (tries < freeTries) return { giveBack: uncount };
        // Only one gets through here; whoever follows waits, longer each time.
        const seconds = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(tries - freeTries, 10));
        try {
          await consume(waitOfAccount, account, accountWaits, seconds);
        } catch (refusal) {
          await uncount();
          throw refusal;
        }
        // Only the wait that this very try began is taken away again.
        return {
          giveBack: async () => {
            await Promise.all([uncount(), waitOfAccount.delete(keyOf(account))]);
          },
        };
      },
      // An account in its wait is not even tried, so one person's failures on it are at most eight in five minutes: the
      // source's thirty are reached only over several accounts, and nobody locks out the office behind one address.
      async recordFailure({ source }) {
        await failuresOfSource.penalty(keyOf(source));
      },
      async recordSuccess({ account }) {
        await Promise.all([triesOfAccount.delete(keyOf(account)), waitOfAccount.delete(keyOf(account))]);
      },
    },
    refresh: { admit: (sessionId) => consume(refreshes, sessionId, "Too many refreshes.") },
    challenge: { admit: (source) => consume(challenges, source, "Too many sign-ins from this address.") },
    passwordReset: {
      admit: (source) => consume(resets, source, "Too many requests from this address."),
      allowsMail: async (account) =>
        (await resetMails.penalty(keyOf(account))).consumedPoints <= 3 || !input.isOn,
    },
    submit: { admit: (source) => consume(submissions, source, "Too many submissions from this address.") },
    uploadFailure: {
      admit: (source) => consume(uploadFailures, source, "Too many reports from this address."),
    },
    browserError: {
      admit: (source) => consume(browserErrors, source, "Too many reports from this address."),
    },
  };
}

// biome-ignore lint/complexity/useMaxParams: the last only where the duration depends on what came before.
async function consume(
  limiter: RateLimiterAbstract,
  key: string,
  message: string,
  seconds?: number,
): Promise<void> {
  try {
    await limiter.consume(keyOf(key), 1, seconds === undefined ? {} : { customDuration: seconds });
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
