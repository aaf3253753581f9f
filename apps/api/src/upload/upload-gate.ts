import { AppError } from "@intake/core/errors";

/** Uploads at once, by whichever door; more are asked to come back (security rule 2). */
const maxUploads = 200;

export interface UploadGate {
  /** Does the work of one upload. Throws SERVICE_UNAVAILABLE when there are too many. */
  pass<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

/** One for all doors that take files. */
export function createUploadGate(): UploadGate {
  let uploads = 0;
  return {
    async pass(work) {
      if (uploads >= maxUploads)
        throw new AppError("SERVICE_UNAVAILABLE", "Many people are sending right now.", {
          retryAfterSeconds: 5,
        });
      uploads += 1;
      try {
        return await work();
      } finally {
        uploads -= 1;
      }
    },
  };
}
