import { z } from "zod";

/** What an archive says of itself; the last thing in it, so that one that was cut off has none. */
export const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** Major version of the PostgreSQL whose cluster it holds. */
  postgres: z.string(),
  /** Newest migration of the database. */
  migration: z.string(),
  hasKeys: z.boolean(),
  /** SHA-256 by path. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;
export const manifestPath = "manifest.json";

/** An archive that is not one of ours, not whole or not as it was made. */
export class ArchiveDamagedError extends Error {
  override name = "ArchiveDamagedError";
  constructor(reason: string, options?: ErrorOptions) {
    super(`This backup is damaged: ${reason}. Nothing was changed.`, options);
  }
}
