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

interface RemoteCall {
  /** All attempts together. */
  seconds: number;
  /** How much is sent, so that an attempt gets the time for it. */
  sizeBytes?: number;
  failureOf(error: unknown): Failure;
}

/** A service that says nothing for so long has not heard us: a connection that was forgotten on its way is silent for ever. */
const attemptMilliseconds = 5_000;
const slowestBytesPerMillisecond = 1_000;

/**
 * Runs `work`, once more when an attempt stays silent, and aborts it after so many seconds (what streams on after it resolved is no longer
 * timed). Makes every error a `StorageUnavailableError`.
 */
export async function callRemote<T>(
  work: (options: CallOptions) => Promise<T>,
  { seconds, sizeBytes = 0, failureOf }: RemoteCall,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const left = deadline - performance.now();
    const patience = attemptMilliseconds + sizeBytes / slowestBytesPerMillisecond;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), Math.min(left, patience));
    try {
      return await work({ abortSignal: controller.signal });
    } catch (error) {
      if (controller.signal.aborted && left > patience) continue;
      throw error instanceof StorageUnavailableError ? error : unavailable(failureOf(error));
    } finally {
      clearTimeout(timer);
    }
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
