import { Readable } from "node:stream";
import { ContainerClient, RestError, StorageRetryPolicyType } from "@azure/storage-blob";
import { ObjectNotFoundError } from "@intake/core/ports/storage";
import { incomingBytes } from "./incoming-bytes";
import type { ObjectStore } from "./object-store";
import { measureFile, readingFile, spooling } from "./outgoing-file";
import { type CallOptions, callRemote, type Failure, notAsSent } from "./remote-call";
import { assertStorageKey, assertStoragePrefix, isStorageKey } from "./storage-key";

export interface AzureStorageInput {
  container: string;
  /** A connection string, or the account's address with a SAS token in its query. */
  account: { connectionString: string } | { url: string };
  /** Longest wait for an answer, and longest silence within one, in seconds. */
  timeoutSeconds?: number;
  /** Longest time for storing one file, retries included, in seconds. */
  putSeconds?: number;
}

const retryOptions = {
  retryPolicyType: StorageRetryPolicyType.EXPONENTIAL,
  maxTries: 3,
  retryDelayInMs: 200,
  maxRetryDelayInMs: 2000,
};

/**
 * Keeps objects as block blobs in an Azure container, which must exist. `put` resolves when the service confirmed hash and length of
 * what it stored and showed them again on a second request. An answer that is lost may leave a blob no row names: the sweeper takes it.
 */
export function createAzureStorage(input: AzureStorageInput): ObjectStore {
  const { timeoutSeconds = 10, putSeconds = 30 } = input;
  const container = openContainer(input);
  const ask = <T>(work: (options: CallOptions) => Promise<T>) =>
    callRemote(work, { seconds: timeoutSeconds, failureOf });

  async function send(key: string, path: string): Promise<number> {
    assertStorageKey(key);
    const blob = container.getBlockBlobClient(key);
    const { sizeBytes, md5 } = await measureFile(path);
    // The service refuses content that has another hash, and keeps this one.
    const proof = { transactionalContentMD5: md5, blobHTTPHeaders: { blobContentMD5: md5 } };
    async function sendOnce(options: CallOptions): Promise<number> {
      await readingFile(path, (reopen) => blob.upload(reopen, sizeBytes, { ...options, ...proof }));
      const stored = await blob.getProperties(options);
      const isSame = stored.contentLength === sizeBytes && md5.equals(stored.contentMD5 ?? Buffer.alloc(0));
      if (!isSame) throw notAsSent();
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
      const blob = container.getBlobClient(key);
      const { start = 0, end } = range ?? {};
      const count = end === undefined ? undefined : end - start + 1;
      const answer = await ask((options) =>
        blob.download(start, count, options).catch((error: unknown) => {
          const { code } = failureOf(error);
          if (code === "BlobNotFound") return null;
          if (code === "InvalidRange") return "beyond the end";
          throw error;
        }),
      );
      if (answer === null) throw new ObjectNotFoundError(key);
      if (answer === "beyond the end" || !(answer.readableStreamBody instanceof Readable))
        return Readable.from([]);
      return incomingBytes(answer.readableStreamBody, {
        sizeBytes: answer.contentLength ?? 0,
        idleSeconds: timeoutSeconds,
      });
    },
    async delete(key) {
      assertStorageKey(key);
      const blob = container.getBlobClient(key);
      await ask((options) => blob.deleteIfExists({ ...options, deleteSnapshots: "include" }));
    },
    async *list(prefix) {
      assertStoragePrefix(prefix);
      let continuationToken: string | undefined;
      do {
        const { value: page } = await ask((options) =>
          container
            .listBlobsFlat({ ...options, prefix })
            .byPage(continuationToken ? { continuationToken } : {})
            .next(),
        );
        for (const { name, properties } of page?.segment.blobItems ?? []) {
          const { contentLength = 0, lastModified } = properties;
          if (isStorageKey(name)) yield { key: name, sizeBytes: contentLength, storedAt: lastModified };
        }
        continuationToken = page?.continuationToken;
      } while (continuationToken);
    },
    async check() {
      await ask((options) => container.getProperties(options));
    },
  };
}

function openContainer({ container, account }: AzureStorageInput): ContainerClient {
  if ("connectionString" in account)
    return new ContainerClient(account.connectionString, container, { retryOptions });
  const url = new URL(account.url);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${container}`;
  return new ContainerClient(url.href, undefined, { retryOptions });
}

function failureOf(error: unknown): Failure {
  if (error instanceof RestError) return { name: "Azure", code: error.code, status: error.statusCode };
  return { name: error instanceof Error ? error.name : "unknown" };
}
