import { coarseSource } from "@intake/core/auth/coarse-source";
import { AppError } from "@intake/core/errors";

/** Uploads at once, by whichever door; more are asked to come back (security rule 2). */
const maxUploads = 200;
/** Of these from one network, so that nobody alone can take them all. */
const maxUploadsOfNetwork = 50;
/** Slower than this after so many milliseconds, an upload gives its place to the next where all are taken. */
const slowBytesPerSecond = 16 * 1024;
const patienceMilliseconds = 5_000;

/** What a place needs to know of a request. */
interface Arriving {
  ip?: string | undefined;
  socket: { readonly bytesRead: number };
}

/** The place of one upload. */
export interface UploadPlace {
  /** Aborted, with the refusal as reason, when the upload has to give way. */
  signal: AbortSignal;
  /** Its body is being read from now on, until `arrived`: only then can it be too slow. */
  arriving(): void;
  arrived(): void;
}

export interface UploadGate {
  /** Does the work of one upload. Throws SERVICE_UNAVAILABLE when there are too many. */
  pass<Answer>(request: Arriving, work: (place: UploadPlace) => Promise<Answer>): Promise<Answer>;
}

interface Upload {
  network: string | null;
  /** Null while its body is not being read. */
  begun: { at: number; bytesRead: number } | null;
  socket: Arriving["socket"];
  giveWay: AbortController;
}

/** One for all doors that take files. `isRateLimited`: whether a network has a limit of its own. */
export function createUploadGate({ isRateLimited = true, now = () => performance.now() } = {}): UploadGate {
  const uploads = new Set<Upload>();

  function admit({ ip = "", socket }: Arriving): Upload {
    const network = coarseSource(ip);
    const beside = [...uploads].filter((upload) => upload.network === network).length;
    if (isRateLimited && beside >= maxUploadsOfNetwork) throw tooMany();
    if (uploads.size >= maxUploads) {
      const slowest = findSlowest();
      if (!slowest) throw tooMany();
      uploads.delete(slowest);
      slowest.giveWay.abort(tooMany());
    }
    const upload = { network, begun: null, socket, giveWay: new AbortController() };
    uploads.add(upload);
    return upload;
  }

  function findSlowest(): Upload | undefined {
    const slow = [...uploads]
      .map((upload) => ({ upload, speed: speedOf(upload) }))
      .filter(({ speed }) => speed < slowBytesPerSecond);
    return slow.sort((left, right) => left.speed - right.speed)[0]?.upload;
  }

  /** Bytes a second; infinite while it is too early to tell. */
  function speedOf({ begun, socket }: Upload): number {
    const milliseconds = begun === null ? 0 : now() - begun.at;
    if (begun === null || milliseconds < patienceMilliseconds) return Number.POSITIVE_INFINITY;
    return ((socket.bytesRead - begun.bytesRead) / milliseconds) * 1000;
  }

  return {
    async pass(request, work) {
      const upload = admit(request);
      try {
        return await work({
          signal: upload.giveWay.signal,
          arriving() {
            upload.begun = { at: now(), bytesRead: upload.socket.bytesRead };
          },
          arrived() {
            upload.begun = null;
          },
        });
      } finally {
        uploads.delete(upload);
      }
    },
  };
}

function tooMany(): AppError {
  return new AppError("SERVICE_UNAVAILABLE", "Many people are sending right now.", { retryAfterSeconds: 5 });
}
