import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "../errors";

/** OWASP's minimum for argon2id (the library's default algorithm): 19 MiB, two passes, one lane; 41 ms a hash on the reference machine. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * At most one hash a core at a time, so that a login storm leaves the lists quick. The rest waits its turn in order: at 41 ms a hash this
 * deadline, in milliseconds, lets hundreds at once be answered, and nobody waits for an answer that comes too late.
 */
const slots = { free: Math.max(1, availableParallelism()), waiting: new Set<() => void>() };
const longestWait = 15_000;

let dummyHash: Promise<string> | undefined;

/** The argon2id hash of a password, in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return withSlot(() => hash(password, parameters));
}

/**
 * Whether the password fits. With no stored hash (unknown or disabled account) it does the same work and answers false
 * (security rule 18). Throws SERVICE_UNAVAILABLE after 15 s without a free slot.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hash("a password nobody has", parameters);
  const fits = await withSlot(async () => verify(storedHash ?? (await dummyHash) ?? "", password));
  return fits && storedHash !== null;
}

/** Whether a hash was made with weaker parameters than today's, so that it should be made anew at the next sign-in. */
export function isHashOutdated(storedHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = parameters;
  return !storedHash.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
}

async function withSlot<Result>(work: () => Promise<Result>): Promise<Result> {
  if (slots.free > 0) slots.free -= 1;
  else await takeTurn();
  try {
    return await work();
  } finally {
    const [next] = slots.waiting;
    if (next) next();
    else slots.free += 1;
  }
}

function takeTurn(): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      clearTimeout(timer);
      slots.waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(() => {
      slots.waiting.delete(go);
      const words = "Too many people are signing in. Try again in a moment.";
      reject(new AppError("SERVICE_UNAVAILABLE", words, { retryAfterSeconds: 5 }));
    }, longestWait);
    slots.waiting.add(go);
  });
}
