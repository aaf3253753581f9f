import { KMS, KmsKeyringNode } from "@aws-crypto/kms-keyring-node";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import type { MasterKey } from "./master-keys";

export interface KmsInput {
  /** Another server than Amazon's that speaks KMS. */
  endpoint?: string | undefined;
  /** Without them the SDK looks where it always does: environment, profile, role of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Longest wait for one answer, in seconds; there are three tries. */
  timeoutSeconds?: number;
}

/** What KMS says of a wrapped key that it did not wrap, not like this, or not for this binding. Everything else says that it is away. */
const alteredNames = new Set(["InvalidCiphertextException", "IncorrectKeyException"]);

/**
 * A key that AWS KMS holds, by its ARN. Each message asks it once to be sealed and once to be opened; what it is asked shows it the
 * message's binding, which its own log keeps.
 */
export function createKmsMasterKey(arn: string, input: KmsInput): MasterKey {
  const client = openClient(arn, input);
  return {
    name: arn,
    open() {
      let failed: StorageUnavailableError | undefined;
      // The keyring makes one text of whatever went wrong; here it is still known what it was.
      const noting = <T>(answer: Promise<T>) =>
        answer.catch((error: unknown) => {
          if (!isAltered(error)) failed = unavailable(error);
          throw error;
        });
      const keyring = new KmsKeyringNode({
        generatorKeyId: arn,
        clientProvider: () => ({
          generateDataKey: (request) => noting(client.generateDataKey(request)),
          decrypt: (request) => noting(client.decrypt(request)),
          encrypt: (request) => noting(client.encrypt(request)),
        }),
      });
      return { keyring, failure: () => failed };
    },
  };
}

function openClient(arn: string, { endpoint, credentials, timeoutSeconds = 3 }: KmsInput): KMS {
  return new KMS({
    region: arn.split(":")[3] ?? "",
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: timeoutSeconds * 1000,
      requestTimeout: timeoutSeconds * 1000,
      throwOnRequestTimeout: true,
    },
  });
}

function isAltered(error: unknown): boolean {
  return error instanceof Error && alteredNames.has(error.name);
}

/** Only the name goes on: a vendor's error holds the request with its signature. */
function unavailable(error: unknown): StorageUnavailableError {
  const name = error instanceof Error ? error.name : "unknown";
  return new StorageUnavailableError({ cause: new Error(`The key service said: ${name}`) });
}
