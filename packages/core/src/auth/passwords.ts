import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "../errors";

/** OWASP's minimum for argon2id (the library's default algorithm): 19 MiB, two passes, one lane; 41 ms a hash on the reference machine. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most one hash a core, so that a login storm leaves the lists quick; a short queue, then 503. */
const slots = { free: Math.max(1, availableParallelism()), waiting: [] as (() => void)[] };
const maxWaiting = 60;

let dummyHash: Promise<string> | undefined;

/** The argon2id hash of a password, in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return withSlot(() => hash(password, parameters));
}

/**
 * Whether the password fits. With no stored hash (unknown or disabled account) it does the same work and answers false
 * (security rule 18). Throws SERVICE_UNAVAILABLE when too many hashes wait.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hash("a password nobody has", parameters);
  const fits = await withSlot(async () => verify(storedHash ?? (await dummyHash) ?? "", password));
  return fits && storedHash !== null;
}

async function withSlot<Result>(work: () => Promise<Result>): Promise<Result> {
  if (slots.free > 0) slots.free -= 1;
  else {
    if (slots.waiting.length >= maxWaiting) {
      throw new AppError("SERVICE_UNAVAILABLE", "Too many people are signing in. Try again in a moment.", {
        retryAfterSeconds: 5,
      });
    }
    await new Promise<void>((resolve) => slots.waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = slots.waiting.shift();
    if (next) next();
    else slots.free += 1;
  }
}
