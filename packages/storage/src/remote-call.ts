import { StorageUnavailableError } from "@intake/core/ports/storage";

/** What every call of a vendor's client gets along. */
export interface CallOptions {
  abortSignal: AbortSignal;
}

/** What a vendor's error tells about itself. */
export interface Failure {
  name: string;
  code?: string | undefined;
  /** HTTP status; undefined when no answer came. */
  status?: number | undefined;
}

/**
 * Runs `work`, aborts it after so many seconds (what streams on after it resolved is no longer timed), and makes every error a
 * `StorageUnavailableError`.
 */
export async function callRemote<T>(
  work: (options: CallOptions) => Promise<T>,
  { seconds, failureOf }: { seconds: number; failureOf(error: unknown): Failure },
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  try {
    return await work({ abortSignal: controller.signal });
  } catch (error) {
    throw error instanceof StorageUnavailableError ? error : unavailable(failureOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The vendor's error itself stays behind: it holds the request, whose headers and address carry signatures and keys, and a log
 * would write them down.
 */
function unavailable({ name, code, status }: Failure): StorageUnavailableError {
  const words = [name, code === name ? undefined : code, status].filter((word) => word !== undefined);
  return new StorageUnavailableError({ cause: new Error(`The file storage said: ${words.join(" ")}`) });
}

/** For a store that answered "stored" but holds something else. */
export function notAsSent(): StorageUnavailableError {
  return new StorageUnavailableError({ cause: new Error("The stored object is not what was sent") });
}
