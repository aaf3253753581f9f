import { z } from "zod";
import { optional } from "./variable";

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Where resumes lie: a folder of `DATA_DIR`, an S3 bucket or an Azure container. */
export const storageVariables = {
  STORAGE: optional(z.enum(["disk", "s3", "azure"])),
  S3_BUCKET: optional(z.string().regex(bucketName, "must be the name of a bucket")),
  S3_REGION: optional(z.string()),
  S3_ENDPOINT: optional(z.url({ protocol: /^https?$/, error: "must be an http(s) address" })),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  S3_PATH_STYLE: optional(z.enum(["on", "off"])),
  S3_CHECKSUMS: optional(z.enum(["WHEN_SUPPORTED", "WHEN_REQUIRED"])),
  S3_SSE: optional(z.enum(["none", "AES256", "aws:kms"])),
  S3_SSE_KMS_KEY: optional(z.string()),
  S3_PREFIX: optional(
    z
      .string()
      .regex(/^([A-Za-z0-9][A-Za-z0-9_.-]*\/)+$/, "must be folder names that end with /, such as intake/"),
  ),
  AZURE_CONTAINER: optional(z.string().regex(bucketName, "must be the name of a container")),
  AZURE_CONNECTION_STRING: optional(
    z.string().regex(/(^|;)(AccountName|BlobEndpoint)=/, "must be a connection string of a storage account"),
  ),
  AZURE_ACCOUNT_URL: optional(
    z
      .url({ protocol: /^https?$/, error: "must be the account's https:// address with a SAS token" })
      .refine((url) => new URL(url).searchParams.has("sig"), "must carry a SAS token (…?sv=…&sig=…)"),
  ),
};

const environmentSchema = z.object(storageVariables);
type Environment = z.output<typeof environmentSchema>;

/** What the chosen storage needs and lacks, and what is set for a storage that is not chosen. */
export function findStorageProblems(env: Environment): string[] {
  const storage = env.STORAGE ?? "disk";
  const problems = Object.keys(storageVariables)
    .filter((name): name is Exclude<keyof Environment, "STORAGE"> => name !== "STORAGE")
    .filter((name) => env[name] !== undefined && !name.toLowerCase().startsWith(`${storage}_`))
    .map((name) => `${name} needs STORAGE=${name.startsWith("S3") ? "s3" : "azure"}`);
  if (storage === "s3") problems.push(...findS3Problems(env));
  if (storage === "azure") problems.push(...findAzureProblems(env));
  return problems;
}

function findS3Problems(env: Environment): string[] {
  const problems: string[] = [];
  if (!env.S3_BUCKET) problems.push("S3_BUCKET is needed when STORAGE=s3");
  if (!env.S3_REGION && !env.S3_ENDPOINT)
    problems.push("S3_REGION is needed when STORAGE=s3, unless S3_ENDPOINT names another server");
  if (Boolean(env.S3_ACCESS_KEY_ID) !== Boolean(env.S3_SECRET_ACCESS_KEY))
    problems.push("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together");
  if (env.S3_SSE_KMS_KEY && env.S3_SSE !== "aws:kms") problems.push("S3_SSE_KMS_KEY needs S3_SSE=aws:kms");
  return problems;
}

function findAzureProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (!env.AZURE_CONTAINER) problems.push("AZURE_CONTAINER is needed when STORAGE=azure");
  if (Boolean(env.AZURE_CONNECTION_STRING) === Boolean(env.AZURE_ACCOUNT_URL))
    problems.push("AZURE_CONNECTION_STRING or AZURE_ACCOUNT_URL, one of them, is needed when STORAGE=azure");
  return problems;
}

/** The storage of this installation, in the words of its driver. Only for an environment without problems. */
export function readStorage(env: Environment) {
  switch (env.STORAGE ?? "disk") {
    case "disk":
      return { kind: "disk" as const };
    case "s3":
      return {
        kind: "s3" as const,
        bucket: env.S3_BUCKET ?? "",
        // A server of one's own has no regions, but the signature wants one.
        region: env.S3_REGION ?? "us-east-1",
        endpoint: env.S3_ENDPOINT,
        credentials:
          env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY
            ? { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY }
            : undefined,
        isPathStyle: env.S3_PATH_STYLE === "on",
        checksums: env.S3_CHECKSUMS ?? "WHEN_SUPPORTED",
        encryption: readEncryption(env),
        prefix: env.S3_PREFIX ?? "",
      };
    case "azure":
      return {
        kind: "azure" as const,
        container: env.AZURE_CONTAINER ?? "",
        account:
          env.AZURE_CONNECTION_STRING === undefined
            ? { url: env.AZURE_ACCOUNT_URL ?? "" }
            : { connectionString: env.AZURE_CONNECTION_STRING },
      };
  }
}

function readEncryption({ S3_SSE, S3_SSE_KMS_KEY }: Environment) {
  switch (S3_SSE) {
    case "AES256":
      return { algorithm: S3_SSE };
    case "aws:kms":
      return { algorithm: S3_SSE, keyId: S3_SSE_KMS_KEY };
    default:
      return null;
  }
}
