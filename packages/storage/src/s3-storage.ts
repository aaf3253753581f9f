import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { ObjectNotFoundError } from "@intake/core/ports/storage";
import { incomingBytes } from "./incoming-bytes";
import type { ObjectStore } from "./object-store";
import { measureFile, type OutgoingFile, readingFile, spooling } from "./outgoing-file";
import { type CallOptions, callRemote, type Failure, notAsSent } from "./remote-call";
import { assertStorageKey, assertStoragePrefix, isStorageKey } from "./storage-key";

export interface S3StorageInput {
  bucket: string;
  region: string;
  /** Another server than Amazon's that speaks S3. */
  endpoint?: string | undefined;
  /** Without them the SDK looks where it always does: environment, profile, role of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** `https://endpoint/bucket/key` instead of `https://bucket.endpoint/key`. */
  isPathStyle: boolean;
  /** `WHEN_SUPPORTED` sends and reads back SHA-256; `WHEN_REQUIRED` (MD5 alone) is for servers that do not know these headers. */
  checksums: "WHEN_SUPPORTED" | "WHEN_REQUIRED";
  encryption: { algorithm: "AES256" } | { algorithm: "aws:kms"; keyId: string | undefined } | null;
  /** Put before every key, for a bucket that is shared. */
  prefix: string;
  /** Longest wait for an answer, and longest silence within one, in seconds. */
  timeoutSeconds?: number;
  /** Longest time for storing one file, retries included, in seconds. */
  putSeconds?: number;
}

const maxAttempts = 3;

/**
 * Keeps objects in an S3 bucket, which must exist. `put` resolves when the service confirmed hash and length of what it stored and
 * showed them again on a second request. An answer that is lost may leave an object no row names: the sweeper takes it.
 */
export function createS3Storage(input: S3StorageInput): ObjectStore {
  const { bucket, prefix, timeoutSeconds = 10, putSeconds = 30 } = input;
  const client = createClient(input);
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + key });
  const ask = <T>(work: (options: CallOptions) => Promise<T>) =>
    callRemote(work, { seconds: timeoutSeconds, failureOf });

  async function send(key: string, path: string): Promise<number> {
    assertStorageKey(key);
    const file = await measureFile(path);
    const { sizeBytes } = file;
    const object = { ...at(key), ...proofOf(file, input), ...encryptionOf(input) };
    async function sendOnce(options: CallOptions): Promise<number> {
      await readingFile(path, (reopen) =>
        retrying(options.abortSignal, () =>
          client.send(new PutObjectCommand({ ...object, Body: reopen() }), options),
        ),
      );
      const ChecksumMode = input.checksums === "WHEN_SUPPORTED" ? "ENABLED" : undefined;
      const stored = await client.send(new HeadObjectCommand({ ...at(key), ChecksumMode }), options);
      if (!isSame(stored, file)) throw notAsSent();
      return sizeBytes;
    }
    return callRemote(sendOnce, { seconds: putSeconds, sizeBytes, failureOf });
  }

  return {
    async put(key, body) {
      assertStorageKey(key);
      return spooling(body, (path) => send(key, path));
    },
    async get(key, range) {
      assertStorageKey(key);
      const Range = range && `bytes=${range.start}-${range.end}`;
      const object = await ask((options) =>
        client.send(new GetObjectCommand({ ...at(key), Range }), options).catch((error: unknown) => {
          const { code } = failureOf(error);
          if (code === "NoSuchKey") return null;
          if (code === "InvalidRange") return "beyond the end";
          throw error;
        }),
      );
      if (object === null) throw new ObjectNotFoundError(key);
      if (object === "beyond the end" || !(object.Body instanceof Readable)) return Readable.from([]);
      return incomingBytes(object.Body, {
        sizeBytes: object.ContentLength ?? 0,
        idleSeconds: timeoutSeconds,
      });
    },
    async delete(key) {
      assertStorageKey(key);
      await ask((options) => client.send(new DeleteObjectCommand(at(key)), options));
    },
    async *list(below) {
      assertStoragePrefix(below);
      let ContinuationToken: string | undefined;
      do {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix + below,
          ContinuationToken,
        });
        const page = await ask((options) => client.send(command, options));
        for (const { Key = "", Size = 0, LastModified = new Date() } of page.Contents ?? []) {
          const key = Key.slice(prefix.length);
          if (isStorageKey(key)) yield { key, sizeBytes: Size, storedAt: LastModified };
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
    async check() {
      await ask((options) => client.send(new HeadBucketCommand({ Bucket: bucket }), options));
    },
  };
}

function createClient({ region, endpoint, credentials, isPathStyle, checksums }: S3StorageInput): S3Client {
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    forcePathStyle: isPathStyle,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    maxAttempts,
    requestHandler: { connectionTimeout: 3000 },
    // It would otherwise write to the console that a stream cannot be sent twice; we open it anew.
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
}

function silent(): void {
  // What matters is thrown.
}

/** The service refuses content that does not match these. */
function proofOf({ sizeBytes, md5, sha256 }: OutgoingFile, { checksums }: S3StorageInput) {
  return {
    ContentLength: sizeBytes,
    ContentMD5: md5.toString("base64"),
    ...(checksums === "WHEN_SUPPORTED" ? { ChecksumSHA256: sha256.toString("base64") } : {}),
  };
}

function encryptionOf({ encryption }: S3StorageInput) {
  if (encryption === null) return {};
  const ServerSideEncryption = encryption.algorithm;
  return encryption.algorithm === "aws:kms"
    ? { ServerSideEncryption, SSEKMSKeyId: encryption.keyId }
    : { ServerSideEncryption };
}

/** By SHA-256 where the service keeps one; else by the ETag, which is the MD5 unless KMS encrypted the object. */
function isSame(stored: HeadObjectCommandOutput, file: OutgoingFile): boolean {
  if (stored.ContentLength !== file.sizeBytes) return false;
  if (stored.ChecksumSHA256) return stored.ChecksumSHA256 === file.sha256.toString("base64");
  if (stored.ServerSideEncryption?.startsWith("aws:kms")) return true;
  return stored.ETag === `"${file.md5.toString("hex")}"`;
}

/** The SDK cannot send a stream twice, so `attempt` opens it anew each time. */
async function retrying<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt();
    } catch (error) {
      const { status } = failureOf(error);
      const isTransient = status === undefined || status >= 500 || status === 429;
      if (!isTransient || round === maxAttempts || signal.aborted) throw error;
      await wait(2 ** round * 100 * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof S3ServiceException)
    return { name: "S3", code: error.name, status: error.$metadata.httpStatusCode };
  if (!(error instanceof Error)) return { name: "unknown" };
  return { name: error.name, code: "code" in error ? String(error.code) : undefined };
}
