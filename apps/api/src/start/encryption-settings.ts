import { z } from "zod";
import { isGuessable } from "./guessable";
import { optional } from "./variable";

const keyBytes = 32;
const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
/** Data keys travel over it in plain. */
const privateAddress = z
  .url({ protocol: /^https?$/, error: "must be an https:// address" })
  .refine(
    (url) => /^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(`${url}/`),
    "must be an https:// address",
  );

/** The keys that wrap the keys of files and secrets: from here, or held by AWS KMS. */
export const encryptionVariables = {
  MASTER_KEYS: optional(z.string()),
  KMS_KEY_ARN: optional(z.string()),
  KMS_ENDPOINT: optional(privateAddress),
  KMS_ACCESS_KEY_ID: optional(z.string()),
  KMS_SECRET_ACCESS_KEY: optional(z.string()),
};

const environmentSchema = z.object(encryptionVariables);
type Environment = z.output<typeof environmentSchema>;

/** A key of this installation's own: 32 random bytes under a name that rows remember. */
export interface NamedKey {
  name: string;
  bytes: Buffer;
}

/** What is wrong with the keys, never with a part of one in the words. */
export function findEncryptionProblems(env: Environment): string[] {
  const problems: string[] = [];
  const keys = readKeys(env);
  for (const { name, bytes } of keys) {
    if (!/^[a-z0-9-]{1,64}$/.test(name))
      problems.push("MASTER_KEYS must be NAME:KEY, separated by commas, names of a-z, 0-9 and -");
    else if (bytes.length !== keyBytes)
      problems.push(`MASTER_KEYS must have 32 random bytes in base64 for ${name} (openssl rand -base64 32)`);
    else if (isGuessable(bytes))
      problems.push(
        `MASTER_KEYS has a key that is not random, ${name}: make one with openssl rand -base64 32`,
      );
  }
  if (hasTwice(keys.map(({ name }) => name))) problems.push("MASTER_KEYS names a key twice");
  else if (hasTwice(keys.map(({ bytes }) => bytes.toString("hex"))))
    problems.push("MASTER_KEYS has the same key under two names");
  if (!readArns(env).every((arn) => keyArn.test(arn)))
    problems.push("KMS_KEY_ARN must be the ARN of a key (arn:aws:kms:…:key/…), not of an alias");
  for (const name of ["KMS_ENDPOINT", "KMS_ACCESS_KEY_ID", "KMS_SECRET_ACCESS_KEY"] as const)
    if (env[name] && !env.KMS_KEY_ARN) problems.push(`${name} needs KMS_KEY_ARN`);
  if (Boolean(env.KMS_ACCESS_KEY_ID) !== Boolean(env.KMS_SECRET_ACCESS_KEY))
    problems.push("KMS_ACCESS_KEY_ID and KMS_SECRET_ACCESS_KEY go together");
  return problems;
}

/** The keys in order, the current one first; KMS comes before the environment. Only for an environment without problems. */
export function readEncryption(env: Environment) {
  const { KMS_ACCESS_KEY_ID: accessKeyId, KMS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    kms: {
      arns: readArns(env),
      endpoint: env.KMS_ENDPOINT,
      credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    },
    keys: readKeys(env),
  };
}

function readKeys({ MASTER_KEYS }: Environment): NamedKey[] {
  return listOf(MASTER_KEYS).map((entry) => {
    const [name = "", ...key] = entry.split(":");
    return { name, bytes: Buffer.from(key.join(":"), "base64") };
  });
}

function readArns({ KMS_KEY_ARN }: Environment): string[] {
  return listOf(KMS_KEY_ARN);
}

function listOf(value: string | undefined): string[] {
  return value?.split(",").map((entry) => entry.trim()) ?? [];
}

function hasTwice(values: string[]): boolean {
  return new Set(values).size < values.length;
}
